"""The tables of a showcase: the event with what is shown, its panel, its guests, and what was chosen."""

from portal.showcases.models.event import Appearance, DeploymentCost, ShowcaseEvent
from portal.showcases.models.guests import GuestFeedback, ShowcaseGuest
from portal.showcases.models.panel import PanelScore, PanelSeat, SolutionChoice

__all__ = [
    "Appearance",
    "DeploymentCost",
    "GuestFeedback",
    "PanelScore",
    "PanelSeat",
    "ShowcaseEvent",
    "ShowcaseGuest",
    "SolutionChoice",
]

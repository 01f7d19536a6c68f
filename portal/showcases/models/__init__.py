"""The tables of a showcase: the event with what is shown, its panel, its guests, and what was chosen."""

from portal.showcases.models.event import Appearance, AwayTime, DeploymentCost, ShowcaseEvent
from portal.showcases.models.guests import GuestFeedback, ShowcaseGuest
from portal.showcases.models.order import OrderMaker, OrderRecord, SlotSwap, SwapAnswer
from portal.showcases.models.panel import PanelChange, PanelScore, PanelSeat, SolutionChoice

__all__ = [
    "Appearance",
    "AwayTime",
    "DeploymentCost",
    "GuestFeedback",
    "OrderMaker",
    "OrderRecord",
    "PanelChange",
    "PanelScore",
    "PanelSeat",
    "ShowcaseEvent",
    "ShowcaseGuest",
    "SlotSwap",
    "SolutionChoice",
    "SwapAnswer",
]

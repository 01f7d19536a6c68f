"""The pages of a showcase: for the challenge's team, the panel, the guests and the firms."""

from portal.showcases import messages
from portal.showcases.views import calendar, choice, device, event, guest, order, own, score
from portal.showcases.views.base import blueprint

__all__ = ["blueprint", "calendar", "choice", "device", "event", "guest", "messages", "order", "own", "score"]

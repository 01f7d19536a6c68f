"""The pages of support: inside a challenge, on an adviser's desk, for the firm itself, and for calendars."""

from portal.support import messages
from portal.support.views import booking, calendars, desk, own, pack, plan, plans, printing, times
from portal.support.views.base import blueprint

__all__ = [
    "blueprint",
    "booking",
    "calendars",
    "desk",
    "messages",
    "own",
    "pack",
    "plan",
    "plans",
    "printing",
    "times",
]

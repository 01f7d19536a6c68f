"""The machines of a partnership: its own, its phases', and what happens on the way."""

from portal.partnerships.pathway.benefit import BENEFIT
from portal.partnerships.pathway.change import CHANGE
from portal.partnerships.pathway.event import HAPPENING, EventKind
from portal.partnerships.pathway.invoice import INVOICE, OPEN_INVOICE
from portal.partnerships.pathway.partnership import PARTNERSHIP
from portal.partnerships.pathway.phase import PHASE

__all__ = [
    "BENEFIT",
    "CHANGE",
    "HAPPENING",
    "INVOICE",
    "OPEN_INVOICE",
    "PARTNERSHIP",
    "PHASE",
    "EventKind",
]

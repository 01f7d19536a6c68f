"""What people do with partnerships: prepare the contracts, then run the work phase by phase."""

from portal.partnerships.services.contracts import add_phase, change_phase, prepare, remove_phase
from portal.partnerships.services.together import agree_or_make
from portal.partnerships.services.work import (
    close,
    deliver,
    end_work,
    leave_option,
    measure,
    meet_conditions,
    review,
    sign,
    start_phase,
    take_option,
)

__all__ = [
    "add_phase",
    "agree_or_make",
    "change_phase",
    "close",
    "deliver",
    "end_work",
    "leave_option",
    "measure",
    "meet_conditions",
    "prepare",
    "remove_phase",
    "review",
    "sign",
    "start_phase",
    "take_option",
]

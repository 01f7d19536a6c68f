"""Named reads of a showcase: events and firms, the order, the panel, the guests and the choice, a file each."""

from portal.showcases.queries.choice import choice_digest, choices_of, firm_names
from portal.showcases.queries.costs import SideBySide, costs_side_by_side
from portal.showcases.queries.event import (
    appearance_of,
    appearances_of,
    event_for_guest,
    event_inside,
    event_of,
    event_to_attend,
    shown_plan,
)
from portal.showcases.queries.guests import Said, feedback_on, guests_of, own_feedback
from portal.showcases.queries.order import orders_of, own_swaps, swaps_of, waiting_swaps
from portal.showcases.queries.panel import (
    CriterionResult,
    Result,
    criteria_of,
    newest_changes,
    own_scores,
    own_seat,
    panel_is_locked,
    quorum_of,
    results_of,
    seats_of,
)

__all__ = [
    "CriterionResult",
    "Result",
    "Said",
    "SideBySide",
    "appearance_of",
    "appearances_of",
    "choice_digest",
    "choices_of",
    "costs_side_by_side",
    "criteria_of",
    "event_for_guest",
    "event_inside",
    "event_of",
    "event_to_attend",
    "feedback_on",
    "firm_names",
    "guests_of",
    "newest_changes",
    "orders_of",
    "own_feedback",
    "own_scores",
    "own_seat",
    "own_swaps",
    "panel_is_locked",
    "quorum_of",
    "results_of",
    "seats_of",
    "shown_plan",
    "swaps_of",
    "waiting_swaps",
]

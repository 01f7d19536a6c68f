"""Everything that is written about a showcase; one file for the event, the panel, the guests and the choice each."""

from portal.showcases.services.choice import choose, wrong_with
from portal.showcases.services.device import take_changes
from portal.showcases.services.event import (
    add_cost,
    move_event,
    plan_event,
    remove_cost,
    write_appearance,
)
from portal.showcases.services.guests import give_feedback, invite_guest, say_why_no_guests
from portal.showcases.services.order import add_away, draw_order, explain_unmet, remove_away, set_order
from portal.showcases.services.panel import declare, lock_scores, name_panel_member, save_scores, stand_down
from portal.showcases.services.swaps import answer_swap, ask_to_swap, take_back_swap

__all__ = [
    "add_away",
    "add_cost",
    "answer_swap",
    "ask_to_swap",
    "choose",
    "declare",
    "draw_order",
    "explain_unmet",
    "give_feedback",
    "invite_guest",
    "lock_scores",
    "move_event",
    "name_panel_member",
    "plan_event",
    "remove_away",
    "remove_cost",
    "save_scores",
    "say_why_no_guests",
    "set_order",
    "stand_down",
    "take_back_swap",
    "take_changes",
    "write_appearance",
    "wrong_with",
]

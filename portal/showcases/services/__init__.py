"""Everything that is written about a showcase; one file for the event, the panel, the guests and the choice each."""

from portal.showcases.services.choice import choose, wrong_with
from portal.showcases.services.device import take_changes
from portal.showcases.services.event import (
    add_cost,
    move_event,
    plan_event,
    remove_cost,
    set_order,
    write_appearance,
)
from portal.showcases.services.guests import give_feedback, invite_guest, say_why_no_guests
from portal.showcases.services.panel import declare, lock_scores, name_panel_member, save_scores, stand_down

__all__ = [
    "add_cost",
    "choose",
    "declare",
    "give_feedback",
    "invite_guest",
    "lock_scores",
    "move_event",
    "name_panel_member",
    "plan_event",
    "remove_cost",
    "save_scores",
    "say_why_no_guests",
    "set_order",
    "stand_down",
    "take_changes",
    "write_appearance",
    "wrong_with",
]

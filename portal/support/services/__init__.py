"""The acts of support, each one verb: plans, time on offer, sessions, facts."""

from portal.support.services.facts import note_told, publish_fact, tell_all
from portal.support.services.plans import (
    PlanText,
    add_milestone,
    ask_for_help,
    mark_milestone,
    move_plan,
    remove_milestone,
    take_on,
    write_note,
    write_plan,
)
from portal.support.services.sessions import (
    NewTime,
    SlotGone,
    book,
    call_off,
    give_back,
    move,
    record_session,
    write_up,
)
from portal.support.services.shared import mail_firms
from portal.support.services.times import DoubleBooked, TimeOffer, add_resource, may_add_for, offer, remove_resource

__all__ = [
    "DoubleBooked",
    "NewTime",
    "PlanText",
    "SlotGone",
    "TimeOffer",
    "add_milestone",
    "add_resource",
    "ask_for_help",
    "book",
    "call_off",
    "give_back",
    "mail_firms",
    "mark_milestone",
    "may_add_for",
    "move",
    "move_plan",
    "note_told",
    "offer",
    "publish_fact",
    "record_session",
    "remove_milestone",
    "remove_resource",
    "take_on",
    "tell_all",
    "write_note",
    "write_plan",
    "write_up",
]

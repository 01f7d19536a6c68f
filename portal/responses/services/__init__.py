"""What can be done with a response; each is one verb, locks first and reads the clock after."""

from portal.responses.services.clarifying import (
    accept_answer,
    answer_clarification,
    ask_to_clarify,
    give_more_time,
    hear,
    set_answer_aside,
)
from portal.responses.services.consortium import (
    AlreadyInvited,
    Invitation,
    accept_invitation,
    decline_invitation,
    invitation,
    invite_partner,
    leave,
    remove_partner,
    take_back_invitation,
    take_over_share,
)
from portal.responses.services.drafting import attach_file, remove_file, save_section, start
from portal.responses.services.helping import ask_adviser, ask_for_help, take_help_request
from portal.responses.services.judging import decide_eligibility, note_outreach
from portal.responses.services.opening import open_responses
from portal.responses.services.submitting import record_late_attempt, submit, withdraw
from portal.responses.services.window import Closed

__all__ = [
    "AlreadyInvited",
    "Closed",
    "Invitation",
    "accept_answer",
    "accept_invitation",
    "answer_clarification",
    "ask_adviser",
    "ask_for_help",
    "ask_to_clarify",
    "attach_file",
    "decide_eligibility",
    "decline_invitation",
    "give_more_time",
    "hear",
    "invitation",
    "invite_partner",
    "leave",
    "note_outreach",
    "open_responses",
    "record_late_attempt",
    "remove_file",
    "remove_partner",
    "save_section",
    "set_answer_aside",
    "start",
    "submit",
    "take_back_invitation",
    "take_help_request",
    "take_over_share",
    "withdraw",
]

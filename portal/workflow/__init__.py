"""The one way anything changes its state: `fire` finds the machine, locks, settles the clock, authorises, checks
every requirement, sets the state and writes the journal.
"""

from portal.workflow.agreements import Agreement, agree, standing_agreement
from portal.workflow.announcements import AGREED, MOVED, announce, subscribe
from portal.workflow.firing import fire, settle
from portal.workflow.outlook import Outlook, effective_state, outlook
from portal.workflow.registry import Subject, machine_of, register
from portal.workflow.steps import ASKED

__all__ = [
    "AGREED",
    "ASKED",
    "MOVED",
    "Agreement",
    "Outlook",
    "Subject",
    "agree",
    "announce",
    "effective_state",
    "fire",
    "machine_of",
    "outlook",
    "register",
    "settle",
    "standing_agreement",
    "subscribe",
]

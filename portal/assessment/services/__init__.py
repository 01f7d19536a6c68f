"""Everything that is done in an assessment, one verb each, and what a challenge's moves set in motion here."""

from portal.assessment.services.giving import allocate, assign, take_off
from portal.assessment.services.moderating import Meeting, moderate, open_prices, open_scores, what_was_seen
from portal.assessment.services.outcomes import Decided, decide, objection, propose
from portal.assessment.services.panel import add_assessor, invite_assessor, stand_down
from portal.assessment.services.preparing import Lesson, Tried, declare_blind, prepare, write_practice
from portal.assessment.services.sending import feedback_to_all, next_in_rank, send_outcomes
from portal.assessment.services.sheets import Marking, declare, lock, recuse, reopen, save_score
from portal.assessment.services.skills import Judges, write_skills

__all__ = [
    "Decided",
    "Judges",
    "Lesson",
    "Marking",
    "Meeting",
    "Tried",
    "add_assessor",
    "allocate",
    "assign",
    "decide",
    "declare",
    "declare_blind",
    "feedback_to_all",
    "invite_assessor",
    "lock",
    "moderate",
    "next_in_rank",
    "objection",
    "open_prices",
    "open_scores",
    "prepare",
    "propose",
    "recuse",
    "reopen",
    "save_score",
    "send_outcomes",
    "stand_down",
    "take_off",
    "what_was_seen",
    "write_practice",
    "write_skills",
]

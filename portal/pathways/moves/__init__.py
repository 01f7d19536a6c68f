"""The moves both pathways make: who makes each, what each requires, and what it sets in train.

The sources of law stand with the requirements.
"""

from portal.pathways.moves.awarding import activate, reconsider
from portal.pathways.moves.choosing import (
    TENDER_READY,
    close_tender,
    invite_tenders,
    open_tender_where_due,
    select,
    select_tender,
)
from portal.pathways.moves.ending import close_without_solution, withdraw
from portal.pathways.moves.funding import approve_funding, reject_funding, return_funding
from portal.pathways.moves.releasing import amend, close, extend, finish_design_thinking, release, reopen

__all__ = [
    "TENDER_READY",
    "activate",
    "amend",
    "approve_funding",
    "close",
    "close_tender",
    "close_without_solution",
    "extend",
    "finish_design_thinking",
    "invite_tenders",
    "open_tender_where_due",
    "reconsider",
    "reject_funding",
    "release",
    "reopen",
    "return_funding",
    "select",
    "select_tender",
    "withdraw",
]

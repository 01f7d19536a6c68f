"""Asking a second person where two decide on the money."""

from typing import Any

from sqlalchemy.orm import Session

from portal import outbox
from portal.business_cases.pathway import TOGETHER
from portal.business_cases.queries import case_of, deciders
from portal.workflow import Agreement, Subject


def ask_second(session: Session, *, machine: str, move: str, subject: Subject, agreement: Agreement) -> None:
    """Tell everybody else who may decide on the case that one person has approved it; called at every agreement."""
    if (machine, move) != ("challenge", TOGETHER):
        return
    challenge: Any = subject
    case = case_of(session, challenge)
    if case is None:
        return
    for person_id in deciders(session, case):
        if person_id != agreement.person_id:
            outbox.queue(session, "business_cases.second_asked", person_id, challenge_id=challenge.id)

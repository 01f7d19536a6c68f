"""What stands around the sections of a case: money from elsewhere, and what could go wrong."""

from sqlalchemy.orm import Session

from portal import journal
from portal.business_cases.models import BusinessCase, CaseContribution, CaseRisk
from portal.business_cases.pathway import Level
from portal.business_cases.services.shared import note, open_for_writing
from portal.machine import NotNow
from portal.policy import Actor

MOST_CONTRIBUTIONS = 12
MOST_RISKS = 30
"""More than anybody weighs; it keeps a case readable."""


def add_contribution(
    session: Session, actor: Actor, case: BusinessCase, *, source: str, amount_pence: int, agreed: bool
) -> CaseContribution:
    """Name money from somebody else, on the case's own VAT basis; `agreed` once they have said yes in writing."""
    open_for_writing(session, actor, case)
    if len(case.contributions) >= MOST_CONTRIBUTIONS:
        raise NotNow(f"A case names at most {MOST_CONTRIBUTIONS} other sources. Remove one first.")
    made = CaseContribution(source=source, amount_pence=amount_pence, agreed=agreed)
    case.contributions.append(made)
    session.flush()
    note(session, actor, case, "contribution_added", contribution=made.id, amount_pence=amount_pence, agreed=agreed)
    return made


def remove_contribution(session: Session, actor: Actor, case: BusinessCase, number: int) -> None:
    """Take it out; one that is gone already stays gone."""
    open_for_writing(session, actor, case)
    made = next((each for each in case.contributions if each.id == number), None)
    if made is None:
        return
    case.contributions.remove(made)
    session.flush()
    note(session, actor, case, "contribution_removed", contribution=number)


def add_risk(
    session: Session, actor: Actor, case: BusinessCase, *, what: str, likelihood: Level, impact: Level, answer: str
) -> CaseRisk:
    """Say what could go wrong, how likely and how bad that is, and what is done about it and by whom."""
    open_for_writing(session, actor, case)
    if len(case.risks) >= MOST_RISKS:
        raise NotNow(f"A case names at most {MOST_RISKS} risks. Remove one first.")
    made = CaseRisk(what=what, likelihood=likelihood, impact=impact, answer=answer)
    case.risks.append(made)
    session.flush()
    note(session, actor, case, "risk_added", risk=made.id, text_sha256=journal.digest_text(f"{what}\n{answer}"))
    return made


def remove_risk(session: Session, actor: Actor, case: BusinessCase, number: int) -> None:
    """Take it out; one that is gone already stays gone."""
    open_for_writing(session, actor, case)
    made = next((each for each in case.risks if each.id == number), None)
    if made is None:
        return
    case.risks.remove(made)
    session.flush()
    note(session, actor, case, "risk_removed", risk=number)

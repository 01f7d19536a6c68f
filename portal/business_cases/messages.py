"""What is mailed about a business case; its figures and texts stay on the page."""

from dataclasses import replace

from sqlalchemy.orm import Session

from portal.business_cases.pathway import CaseState
from portal.business_cases.queries import case_of, first_approval
from portal.challenges.models import Challenge
from portal.outbox.messages import Mail, message


def _mail(session: Session, challenge_id: int, subject: str, template: str) -> Mail | None:
    challenge = session.get(Challenge, challenge_id)
    if challenge is None:
        return None
    return Mail(
        subject=f"{subject}: {challenge.title}",
        template=f"mail/business_cases/{template}.txt",
        context={"title": challenge.title, "reference": challenge.reference},
        path=f"/challenges/{challenge.reference}/business-case",
    )


@message("business_cases.submitted")
def submitted(session: Session, *, challenge_id: int) -> Mail | None:
    """To everybody who may decide: a case waits."""
    return _mail(session, challenge_id, "A business case waits for your decision", "submitted")


@message("business_cases.second_asked")
def second_asked(session: Session, *, challenge_id: int) -> Mail | None:
    """To the others who may decide: one has approved, a second decision is asked for. Nothing once that has lapsed."""
    mail = _mail(session, challenge_id, "A second decision on a business case is asked of you", "second_asked")
    case = case_of(session, session.get_one(Challenge, challenge_id)) if mail else None
    first = first_approval(session, case) if case and case.state == CaseState.SUBMITTED else None
    if mail is None or first is None:
        return None
    return replace(mail, context={**mail.context, "first": first.by.name, "when": first.at})


@message("business_cases.approved")
def approved(session: Session, *, challenge_id: int) -> Mail | None:
    """To the authors: the money is granted."""
    return _mail(session, challenge_id, "Business case approved", "approved")


@message("business_cases.returned")
def returned(session: Session, *, challenge_id: int) -> Mail | None:
    """To the authors: something has to change first."""
    return _mail(session, challenge_id, "Business case returned with comments", "returned")


@message("business_cases.rejected")
def rejected(session: Session, *, challenge_id: int) -> Mail | None:
    """To the authors: the money is not granted."""
    return _mail(session, challenge_id, "Business case not funded", "rejected")

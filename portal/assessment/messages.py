"""What assessors and firms are written to. Words of responses, scores and outcomes never travel by mail."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.outbox.messages import Mail, message


@message("assessment.assigned")
def assigned(session: Session, *, challenge: str) -> Mail | None:
    """Responses wait for an assessor."""
    title = _title(session, challenge)
    return (
        None
        if title is None
        else Mail(
            subject=f"Responses to assess: {title}",
            template="mail/assessment/assigned.txt",
            context={"title": title, "reference": challenge},
            path="/assessments",
        )
    )


@message("assessment.short")
def short(session: Session, *, challenge: str) -> Mail | None:
    """A response has fewer assessors than the brief promises, and nobody on the panel is left to take it."""
    title = _title(session, challenge)
    return (
        None
        if title is None
        else Mail(
            subject=f"An assessor is missing: {title}",
            template="mail/assessment/short.txt",
            context={"title": title, "reference": challenge},
            path=f"/challenges/{challenge}/assessment",
        )
    )


@message("assessment.outcome")
def outcome(session: Session, *, challenge: str, response: str) -> Mail | None:
    """A firm's response has been decided; which way is said on its page only, where the reasons are."""
    title = _title(session, challenge)
    return (
        None
        if title is None
        else Mail(
            subject=f"The outcome of your response: {title}",
            template="mail/assessment/outcome.txt",
            context={"title": title, "reference": challenge},
            path=f"/responses/{response}/feedback",
        )
    )


def _title(session: Session, reference: str) -> str | None:
    return session.scalars(select(Challenge.title).where(Challenge.reference == reference)).first()

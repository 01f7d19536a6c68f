"""What firms and officers are told when something happened. What it is stays behind the sign-in."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.outbox.messages import Mail, message
from portal.partnerships.models import Partnership, PartnershipEvent


def _mail(session: Session, event: str, kind: str, subject: str) -> Mail | None:
    contract = joinedload(PartnershipEvent.partnership)
    found = session.scalars(
        select(PartnershipEvent)
        .where(PartnershipEvent.reference == event)
        .options(contract.joinedload(Partnership.challenge), contract.joinedload(Partnership.organisation))
    ).first()
    if found is None:
        return None
    context: dict[str, Any] = {
        "event": found,
        "challenge": found.partnership.challenge,
        "firm": found.partnership.organisation.name,
    }
    return Mail(
        subject=f"{subject}: {found.partnership.challenge.title}",
        template=f"mail/partnerships/event_{kind}.txt",
        context=context,
        path=f"/partnership-events/{found.reference}",
    )


@message("partnerships.event_recorded")
def recorded(session: Session, *, partnership: str, event: str) -> Mail | None:
    """To the firm: something is held to have happened, and by when it can say what it thinks."""
    return _mail(session, event, "recorded", "Say what you think before we decide")


@message("partnerships.event_answered")
def answered(session: Session, *, event: str) -> Mail | None:
    """To the officers: the firm has said what it thinks."""
    return _mail(session, event, "answered", "A partner has said what it thinks")


@message("partnerships.event_decided")
def decided(session: Session, *, partnership: str, event: str) -> Mail | None:
    """To the firm: what was decided."""
    return _mail(session, event, "decided", "What was decided about your work")


@message("partnerships.resumed")
def resumed(session: Session, *, partnership: str) -> Mail | None:
    """To the firm: its suspended work goes on."""
    found = session.scalars(
        select(Partnership).where(Partnership.reference == partnership).options(joinedload(Partnership.challenge))
    ).one()
    return Mail(
        subject=f"Your work goes on: {found.challenge.title}",
        template="mail/partnerships/resumed.txt",
        context={"challenge": found.challenge},
        path=f"/partnerships/{found.reference}",
    )

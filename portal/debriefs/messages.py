"""How messages about debriefs are worded. What was asked and answered stays behind the sign-in."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.debriefs.models import Debrief
from portal.outbox.messages import Mail, message
from portal.responses.models import Response


def _about(session: Session, debrief: str) -> Debrief | None:
    found = select(Debrief).where(Debrief.reference == debrief)
    return session.scalars(found.options(joinedload(Debrief.response).joinedload(Response.challenge))).first()


def _mail(session: Session, debrief: str, kind: str, subject: str, *, inside: bool) -> Mail | None:
    found = _about(session, debrief)
    if found is None:
        return None
    challenge = found.response.challenge
    return Mail(
        subject=f"{subject}: {challenge.title}",
        template=f"mail/debriefs/{kind}.txt",
        context={"challenge": challenge, "at": found.takes_place_at, "written": bool(found.answer)},
        path=f"/debriefs/{found.reference}" if inside else f"/responses/{found.response.reference}/debrief",
    )


@message("debriefs.asked")
def asked(session: Session, *, debrief: str) -> Mail | None:
    """To the officers: a firm asks for a debrief."""
    return _mail(session, debrief, "asked", "A firm asks for a debrief", inside=True)


@message("debriefs.withdrawn")
def withdrawn(session: Session, *, debrief: str) -> Mail | None:
    """To the officers: nothing needs to be done any more."""
    return _mail(session, debrief, "withdrawn", "A firm no longer asks for a debrief", inside=True)


@message("debriefs.arranged")
def arranged(session: Session, *, debrief: str, at: str) -> Mail | None:
    """To the firms: when it takes place; nothing where another time has been named meanwhile."""
    found = _about(session, debrief)
    if found is None or found.takes_place_at != datetime.fromisoformat(at):
        return None
    return _mail(session, debrief, "arranged", "Your debrief has a time", inside=False)


@message("debriefs.answered")
def answered(session: Session, *, debrief: str) -> Mail | None:
    """To the firms: what they asked is answered in writing."""
    return _mail(session, debrief, "answered", "Your questions about the outcome are answered", inside=False)


@message("debriefs.held")
def held(session: Session, *, debrief: str) -> Mail | None:
    """To the firms: it is on record that it took place, and whether somebody wrote down what was said."""
    return _mail(session, debrief, "held", "Your debrief is on record", inside=False)

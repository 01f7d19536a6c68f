"""Which bodies take part in a challenge beside the one that leads it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.challenges.services.declaring import ask_advisers
from portal.challenges.services.editing import EXPLORED, begin, note
from portal.db import Conflict
from portal.organisations.models import Organisation
from portal.policy import Actor


def add(session: Session, actor: Actor, challenge: Challenge, body: Organisation, part: Part) -> None:
    """Name a joint authority, or a partner that gives support; naming one twice changes nothing. Raises `NotNow`."""
    begin(session, challenge, EXPLORED, "The bodies that take part")
    if _party(session, challenge, body.id, part) is None:
        session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=body.id, part=part))
        if part is Part.SUPPORT:
            ask_advisers(session, challenge, body.id)
        note(session, actor, challenge, "challenge.body_added", organisation=body.id, part=part.value)


def remove(session: Session, actor: Actor, challenge: Challenge, body_id: int, part: Part) -> None:
    """Take a body out again. Raises `NotNow`, and `Conflict` where it has no such part or leads."""
    begin(session, challenge, EXPLORED, "The bodies that take part")
    found = _party(session, challenge, body_id, part)
    if found is None or part is Part.LEAD:
        raise Conflict("it takes no such part")
    session.delete(found)
    note(session, actor, challenge, "challenge.body_removed", organisation=body_id, part=part.value)


def _party(session: Session, challenge: Challenge, body_id: int, part: Part) -> ChallengeParty | None:
    return session.scalars(
        select(ChallengeParty).where(
            ChallengeParty.challenge_id == challenge.id,
            ChallengeParty.organisation_id == body_id,
            ChallengeParty.part == part,
        )
    ).first()

"""What was chosen."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.organisations.models import Organisation
from portal.responses.models import Response
from portal.showcases.models import SolutionChoice


def choices_of(session: Session, challenge: Challenge) -> Sequence[SolutionChoice]:
    """The solutions that go on, in the order of their responses."""
    return session.scalars(
        select(SolutionChoice).where(SolutionChoice.challenge_id == challenge.id).order_by(SolutionChoice.response_id)
    ).all()


def choice_digest(session: Session, challenge: Challenge) -> str:
    """The digest of exactly what was chosen and why: what two people agree on, and what shows a form to be stale."""
    said = "\n".join(f"{each.response_id}:{each.reason}" for each in choices_of(session, challenge))
    return hashlib.sha256(said.encode()).hexdigest()


def firm_names(session: Session, response_ids: Sequence[int]) -> dict[int, str]:
    """The lead firm of each response."""
    rows = session.execute(
        select(Response.id, Organisation.name)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .where(Response.id.in_(response_ids))
    )
    return {row[0]: row[1] for row in rows}

"""What each member of a panel can judge: all of a response, some criteria or lots, or the price and nothing else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.assessment.allocation import Skill
from portal.assessment.models import Assignment, PanelMember
from portal.assessment.queries import Inside
from portal.challenges.models import Criterion, Round
from portal.db import hold
from portal.machine import NotNow
from portal.policy import Actor
from portal.responses.models import Response


@dataclass(frozen=True, slots=True)
class Judges:
    """What an officer writes of a member: the price alone, or what they can judge of all the rest."""

    price: bool = False
    skill: Skill = field(default_factory=Skill)


def write_skills(session: Session, actor: Actor, inside: Inside, member: PanelMember, judges: Judges) -> None:
    """Write down what somebody on the panel can judge. Sheets that were given before stay as they are.

    Raises `NotNow` for somebody stood down, where nobody judges prices, and for a change between the price and the
    rest once the person has had a sheet: whoever read one half of a response must not judge the other.
    """
    hold(session, inside.challenge)
    if member.stood_down_at is not None:
        raise NotNow("This assessor has been stood down.")
    if judges.price and not asked_of(session, inside, price=True):
        raise NotNow("No criterion of this round is judged from the price by people.")
    if judges.price is not member.judges_price and _has_read(session, inside, member):
        raise NotNow("They have been given responses already: who read one half must not judge the other.")
    member.judges_price = judges.price
    kept = {"criteria": judges.skill.criteria, "lots": judges.skill.lots}
    said = {key: sorted(ids) for key, ids in kept.items() if ids is not None and not judges.price}
    member.limits = json.dumps(said, sort_keys=True) if said else ""
    journal.record(
        session,
        actor,
        "assessment.skills_written",
        ("panel_member", member.id),
        challenge_id=inside.challenge.id,
        price=judges.price,
        limits=journal.digest_text(member.limits),
    )
    session.flush()


def asked_of(session: Session, inside: Inside, *, price: bool) -> frozenset[int]:
    """The criteria that people score, either of the price or of all the rest."""
    return frozenset(
        session.scalars(
            select(Criterion.id).where(
                Criterion.round_id == inside.round.id, Criterion.by_price == price, Criterion.price_judged == price
            )
        )
    )


def seats_on(session: Session, asked: Round) -> dict[int, PanelMember]:
    """Everybody's seat on a panel, by person."""
    rows = session.scalars(select(PanelMember).where(PanelMember.round_id == asked.id))
    return {each.person_id: each for each in rows}


def covers(session: Session, inside: Inside, responses: Iterable[Response]) -> dict[tuple[int, int], frozenset[int]]:
    """What each member of the panel can judge of each response, the price apart."""
    asked, seats = asked_of(session, inside, price=False), seats_on(session, inside.round)
    return {
        (each.id, person): seat.skill.of(asked, each.lot_id) for each in responses for person, seat in seats.items()
    }


def _has_read(session: Session, inside: Inside, member: PanelMember) -> bool:
    had = select(Assignment.id).where(Assignment.round_id == inside.round.id, Assignment.person_id == member.person_id)
    return session.scalars(had.limit(1)).first() is not None

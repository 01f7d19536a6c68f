"""Who has pressed to open a round, and what the reader declared of their interests: one statement for the page."""

from typing import NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.challenges.models import ConflictDeclaration, Opening, Round
from portal.responses.queries import Pressed

_round, _opening, _person = Round.__table__.c, Opening.__table__.c, Person.__table__.c
_declared = ConflictDeclaration.__table__.c
_OPENERS = (
    select(_declared.id, _declared.conflicted, _opening.person_id, _person.name, _opening.at)
    .select_from(Round.__table__)
    .outerjoin(
        ConflictDeclaration.__table__,
        and_(_declared.challenge_id == _round.challenge_id, _declared.person_id == bindparam("reader")),
    )
    .outerjoin(Opening.__table__, and_(_opening.round_id == _round.id, _opening.at >= _round.deadline))
    .outerjoin(Person.__table__, _person.id == _opening.person_id)
    .where(_round.id == bindparam("round"))
    .order_by(_opening.at, _opening.id)
)


class Openers(NamedTuple):
    """Who has opened since the deadline, and whether the reader declared anything, and that a conflict."""

    pressed: tuple[Pressed, ...]
    declared: bool
    conflicted: bool


def openers_of(session: Session, asked: Round, reader: int | None) -> Openers:
    """As `queries.openings_of` and `queries.declaration_of` tell it, for a page that shows both."""
    rows = session.execute(_OPENERS, {"round": asked.id, "reader": reader}).all()
    pressed = tuple(Pressed(*row[2:]) for row in rows if row.person_id is not None)
    return Openers(pressed, rows[0].id is not None, bool(rows[0].conflicted))

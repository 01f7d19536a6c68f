"""The whole region's challenges as a coordinator sees them: what is published, by body and stage, and what rests.

A coordinator belongs to no authority and sees nothing of one that the public does not; what is theirs is the view
across all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import Challenge, Deal, Round, RoundKind
from portal.challenges.pathway import ENDS, NOBODY_MOVES
from portal.challenges.pathway import ChallengeState as At
from portal.db import UTCDateTime, clock
from portal.law.calendar import london_date
from portal.organisations.models import Organisation
from portal.web.paging import at_most

RESTS_TOO_LONG = timedelta(days=60)
"""How long a challenge may stand in one place before somebody should ask why. Ours; no rule names a number."""

PHASES: tuple[tuple[str, frozenset[At]], ...] = (
    ("Open", frozenset({At.OPEN, At.TENDER})),
    ("Being assessed", frozenset({At.ASSESSMENT, At.TENDER_ASSESSMENT})),
    ("Support and showcase", frozenset({At.SUPPORT, At.SHOWCASE})),
    ("Funding and award", frozenset({At.BUSINESS_CASE, At.AWARD})),
    ("Partnership", frozenset({At.ACTIVATED})),
    ("Ended without one", frozenset(ENDS - {At.ACTIVATED})),
)
"""The columns of the overview: what a reader asks for, rather than every state."""

_JUDGED = (At.ASSESSMENT, At.TENDER_ASSESSMENT)
_challenge, _round, _deal, _lead = Challenge.__table__.c, Round.__table__.c, Deal.__table__.c, Organisation.__table__.c


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One authority's published challenges, counted by phase in the order of `PHASES`."""

    name: str
    reference: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


def overview(session: Session) -> list[BodyLine]:
    """Every authority that has published a challenge, by name."""
    standing = effective_state(clock.now()).label("standing")
    rows = session.execute(
        select(_lead.name, _lead.reference, standing, func.count())
        .select_from(Challenge.__table__)
        .join(Organisation.__table__, _lead.id == _challenge.lead_id)
        .outerjoin(Round.__table__, CURRENT_ROUND)
        .where(_challenge.released_at.is_not(None))
        .group_by(_lead.name, _lead.reference, standing)
        .order_by(_lead.name, _lead.reference)
    )
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for name, reference, state, count in rows:
        counted.setdefault((name, reference), {})[state] = count
    return [
        BodyLine(name, reference, tuple(sum(found.get(state, 0) for state in states) for _, states in PHASES))
        for (name, reference), found in counted.items()
    ]


_NOW, _LONG_AGO = bindparam("now", type_=UTCDateTime()), bindparam("long_ago", type_=UTCDateTime())
_TODAY = bindparam("today", type_=Date())
_LATE = _deal.decision_on < _TODAY
# Names no state by itself, so that it is looked for from the rounds nobody has opened, whatever is open meanwhile.
_CLOSED = case((_challenge.state == At.OPEN, At.ASSESSMENT), (_challenge.state == At.TENDER, At.TENDER_ASSESSMENT))
# Says of those what `CURRENT_ROUND` says of all, as a truth that PostgreSQL guesses to hold for one row in two. Of that
# one it guesses one row in two hundred, and would read every round to find twenty.
_CLOSED_ROUND = and_(
    _round.challenge_id == _challenge.id,
    (_round.kind == RoundKind.CHALLENGE).self_group() == (_challenge.state == At.OPEN).self_group(),
)


_NOBODY_MOVES = bindparam("still", NOBODY_MOVES, type_=String, expanding=True, literal_execute=True)


def _arm(
    source: FromClause, standing: ColumnElement[str], since: ColumnElement[datetime], *conditions: ColumnElement[bool]
) -> Select[Any]:
    """Challenges that rest since `since`, the longest first."""
    joined = source.join(Organisation.__table__, _lead.id == _challenge.lead_id)
    joined = joined.outerjoin(Deal.__table__, _deal.challenge_id == _challenge.id)
    columns = (_challenge.reference, _challenge.title, _lead.name.label("lead"), standing.label("standing"))
    return (
        select(*columns, since.label("since"), _deal.decision_on, _challenge.id)
        .select_from(joined)
        .where(_challenge.released_at.is_not(None), *conditions)
        .order_by(since, _challenge.id)
    )


def _acted_on(*conditions: ColumnElement[bool]) -> Select[Any]:
    """What somebody must move on: it rests since it came to its state."""
    moving = _challenge.state.not_in(_NOBODY_MOVES)
    return _arm(Challenge.__table__, _challenge.state, _challenge.state_since, moving, *conditions)


def _closed(*conditions: ColumnElement[bool]) -> Select[Any]:
    """What its deadline has closed and nobody has opened: it rests since then."""
    source = Challenge.__table__.join(Round.__table__, _CLOSED_ROUND)
    return _arm(source, _CLOSED, _round.deadline, _CLOSED.is_not(None), _round.opened_at.is_(None), *conditions)


# Which of them rest is read from an index in its order (`ix_challenge_moving`, `ix_round_unopened`), and what was
# promised and is late only among those of the last weeks, because the rest is among the long resting already.
_LONG = (_acted_on(_challenge.state_since < _LONG_AGO), _closed(_round.deadline < _LONG_AGO))
_PROMISED = (
    _acted_on(_challenge.state_since >= _LONG_AGO, _challenge.state.in_(_JUDGED), _LATE),
    _closed(_round.deadline.between(_LONG_AGO, _NOW), _LATE),
)
MOST = 20
"""Named on a coordinator's home; the list of all of them is a page of its own."""


def _together(*arms: Select[Any]) -> Select[Any]:
    rows = union_all(*(select(arm.subquery()) for arm in arms)).subquery()
    return select(rows).order_by(rows.c.since, rows.c.id)


_RESTING = _together(*_LONG, *_PROMISED)


def _first() -> Select[Any]:
    """The longest resting, built once because every coordinator's home begins with it.

    Promised decisions are looked for only where fewer rest for long: whatever they add comes after those.
    """
    long = _together(*(arm.limit(at_most(MOST)) for arm in _LONG)).limit(at_most(MOST)).cte()
    room = MOST - select(func.count()).select_from(long).scalar_subquery()
    promised = _together(*(arm.limit(room) for arm in _PROMISED))
    return _together(select(long), promised).limit(at_most(MOST))


_LONGEST = _first()


def resting(now: datetime) -> Select[Any]:
    """Published challenges that do not move, the longest first.

    Those whose firms were promised a decision for a day that has passed, and those that stand in one place for
    longer than `RESTS_TOO_LONG`. What is open for answers moves by itself.
    """
    return _RESTING.params(_at(now))


def longest_resting(session: Session, now: datetime) -> Sequence[Row[Any]]:
    """The first `MOST` of them."""
    return session.execute(_LONGEST, _at(now)).all()


def _at(now: datetime) -> dict[str, Any]:
    return {"now": now, "today": london_date(now), "long_ago": now - RESTS_TOO_LONG}


def as_rows(session: Session, rows: Select[Any]) -> Sequence[Row[Any]]:
    """How a page of them is read."""
    return session.execute(rows).all()


def why(standing: str, decision_on: date | None, today: date) -> str:
    """What is wrong, as the beginning of a sentence to the authority."""
    if standing in _JUDGED and decision_on and decision_on < today:
        return "Firms are waiting for a decision they were promised"
    return "Nothing has moved for two months or more"

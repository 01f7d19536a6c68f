"""The whole region's challenges as a coordinator sees them: what is published, by body and stage, and what rests.

A coordinator belongs to no authority and sees nothing of one that the public does not; what is theirs is the view
across all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Row, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import Challenge, Deal, Round
from portal.challenges.pathway import ENDS
from portal.challenges.pathway import ChallengeState as At
from portal.db import UTCDateTime, clock
from portal.law.calendar import london_date
from portal.organisations.models import Organisation

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
_closed = and_(_challenge.state.in_((At.OPEN, At.TENDER)), _round.deadline <= _NOW)
_SINCE = case((_closed, _round.deadline), else_=_challenge.state_since)
"""When a challenge came to where it stands: its deadline, where that closed it and nobody has acted since."""

_STANDING = effective_state(_NOW)
# Built once, because every coordinator's home begins with it.
_RESTING = (
    select(
        _challenge.reference,
        _challenge.title,
        _lead.name.label("lead"),
        _STANDING.label("standing"),
        _SINCE.label("since"),
        _deal.decision_on,
    )
    .select_from(Challenge.__table__)
    .join(Organisation.__table__, _lead.id == _challenge.lead_id)
    .outerjoin(Round.__table__, CURRENT_ROUND)
    .outerjoin(Deal.__table__, _deal.challenge_id == _challenge.id)
    .where(
        _challenge.released_at.is_not(None),
        _challenge.state.not_in(sorted(ENDS)),
        _STANDING.not_in((At.OPEN, At.TENDER)),
        or_(and_(_STANDING.in_(_JUDGED), _deal.decision_on < _TODAY), _SINCE < _LONG_AGO),
    )
    .order_by(_SINCE, _challenge.id)
)
MOST = 20
"""Named on a coordinator's home; the list of all of them is a page of its own."""
_LONGEST = _RESTING.limit(MOST)


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

"""The public list of released challenges, newest first: one statement a page, however many rows there are.

The statements are built once for each shape of question and kept, on the tables rather than the entities, because
building them costs more than running them. A page is cut out of an index before anything is joined to it: each
state has its own newest rows in `ix_challenge_state_released`, so a list of several states takes the newest of
each and merges them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from portal.challenges import finding, search
from portal.challenges.models import Challenge, ChallengeParty, Deal, DealStage, Part, Round, RoundKind
from portal.challenges.pathway import ChallengeState
from portal.db import UTCDateTime, clock
from portal.law.words import Worded
from portal.organisations.models import Organisation
from portal.web.paging import COUNT_STOPS_AT, Page, at_most, window

PAGE_SIZE = 20
_COUNTED = at_most(COUNT_STOPS_AT + 1)

_challenge = Challenge.__table__
_round = Round.__table__
_party = ChallengeParty.__table__
_lead = Organisation.__table__
_deal = Deal.__table__
_stage = DealStage.__table__

_S = ChallengeState
_NOW = bindparam("now", type_=UTCDateTime())

CURRENT_ROUND: ColumnElement[bool] = and_(
    _round.c.challenge_id == _challenge.c.id,
    _round.c.kind
    == case(
        (_challenge.c.state.in_((_S.TENDER, _S.TENDER_ASSESSMENT)), literal(RoundKind.TENDER, _round.c.kind.type)),
        else_=literal(RoundKind.CHALLENGE, _round.c.kind.type),
    ),
)
"""Joins a challenge to the round its state is about: the tender's while there is one, its own otherwise."""


def effective_state(now: Any) -> ColumnElement[str]:
    """Where a challenge stands at `now`, passed deadlines counted; join `round` on `CURRENT_ROUND`.

    The SQL twin of `workflow.effective_state`: closing needs no running job, so a challenge whose deadline has
    passed may still be stored as open.
    """
    passed = _round.c.deadline <= now
    return case(
        (and_(_challenge.c.state == _S.OPEN, passed), _S.ASSESSMENT),
        (and_(_challenge.c.state == _S.TENDER, passed), _S.TENDER_ASSESSMENT),
        else_=_challenge.c.state,
    )


class Status(Worded):
    """What a reader looks for; several states each."""

    OPEN = ("open", "Open for responses")
    ASSESSED = ("assessed", "Being assessed")
    LATER = ("later", "Firms chosen, and partnerships")
    ENDED = ("ended", "Ended without a partnership")


_STANDINGS: dict[Status, tuple[tuple[ChallengeState, bool | None], ...]] = {
    Status.OPEN: ((_S.OPEN, False), (_S.TENDER, False)),
    Status.ASSESSED: ((_S.ASSESSMENT, None), (_S.TENDER_ASSESSMENT, None), (_S.OPEN, True), (_S.TENDER, True)),
    Status.LATER: tuple((s, None) for s in (_S.SUPPORT, _S.SHOWCASE, _S.BUSINESS_CASE, _S.AWARD, _S.ACTIVATED)),
    Status.ENDED: tuple((s, None) for s in (_S.NO_SOLUTION, _S.NOT_FUNDED, _S.WITHDRAWN)),
}
"""The stored states of each status, and where it matters whether their deadline has passed."""


class Listed(NamedTuple):
    """A row of the list. `state` is the effective one; `pays_pence` is None where the deal does not say."""

    reference: str
    title: str
    summary: str
    theme: str
    state: str
    deadline: datetime | None
    released_at: datetime
    estimated_pence: int | None
    pays_pence: int | None
    lead: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for. `authority` is the organisation's id."""

    words: tuple[str, ...] = ()
    theme: str | None = None
    authority: int | None = None
    status: Status | None = None


class Result(NamedTuple):
    """A page of the list, and the moment from which it may be wrong because a deadline passes."""

    page: Page[Listed]
    changes_at: datetime | None


def page_of_challenges(session: Session, wanted: Wanted, *, number: int = 1, size: int = PAGE_SIZE) -> Result:
    """One page of the released challenges that answer `wanted`, newest first, counted as far as a thousand."""
    dialect = session.get_bind().dialect.name
    statement = _statement(
        dialect, bool(wanted.words), wanted.theme is not None, wanted.authority is not None, wanted.status
    )
    offset = (number - 1) * size
    given: dict[str, Any] = {"now": clock.now(), "size": size, "offset": offset, "reach": offset + size}
    given |= {"theme": wanted.theme, "authority": wanted.authority}
    if wanted.words:
        given |= {
            "words": search.parameter(dialect, wanted.words),
            finding.MOST: max(COUNT_STOPS_AT + 1, offset + size),
        }
    rows = session.execute(statement, given).all()
    _, total, changes_at = rows[0][:3]
    items = tuple(Listed._make(row[3:]) for row in rows if row[0] is not None)
    return Result(Page(items, number, size, min(total, COUNT_STOPS_AT), total > COUNT_STOPS_AT), changes_at)


class _Arm(NamedTuple):
    """Ids, and the order in which the database reads them from an index."""

    ids: Select[Any]
    order: tuple[ColumnElement[Any], ...]


@cache
def _statement(dialect: str, searched: bool, themed: bool, led: bool, status: Status | None) -> Select[Any]:
    arms = _arms(dialect, searched, themed, led, status)
    page = _merged(arms, window("reach")).limit(window("size")).offset(window("offset")).subquery("page")
    counted = _merged(arms, _COUNTED, ordered=False).limit(_COUNTED).subquery()
    total = select(func.count()).select_from(counted).scalar_subquery()
    next_deadline = select(func.min(_round.c.deadline)).where(_round.c.deadline > _NOW).scalar_subquery()
    return _rows(select(total.label("total"), next_deadline.label("changes_at")).subquery("whole"), page)


def _rows(whole: FromClause, page: FromClause) -> Select[Any]:
    """What is told of the whole list, beside each row of the page; beside none where the page has no row."""
    pays = (
        select(func.sum(_stage.c.pays_pence))
        .select_from(_deal.join(_stage, _stage.c.deal_id == _deal.c.id))
        .where(_deal.c.challenge_id == _challenge.c.id)
        .scalar_subquery()
    )
    of = _challenge.c
    return (
        select(
            page.c.id,
            whole.c.total,
            whole.c.changes_at,
            of.reference,
            of.title,
            of.summary,
            of.theme,
            effective_state(_NOW),
            _round.c.deadline,
            of.released_at,
            of.estimated_pence,
            pays,
            _lead.c.name,
        )
        .select_from(whole)
        .outerjoin(page, true())
        .outerjoin(_challenge, of.id == page.c.id)
        .outerjoin(_lead, _lead.c.id == of.lead_id)
        .outerjoin(_round, CURRENT_ROUND)
        .order_by(page.c.position.desc(), page.c.id.desc())
    )


def _merged(arms: list[_Arm], reach: Any, *, ordered: bool = True) -> Select[Any]:
    """The ids of all arms in one order; of several arms no more than `reach` each are looked at."""
    if len(arms) == 1:
        return arms[0].ids.order_by(*arms[0].order) if ordered else arms[0].ids
    parts = []
    for arm in arms:
        ids = arm.ids.order_by(*arm.order) if ordered else arm.ids
        parts.append(select(ids.limit(reach).subquery()))
    together = union_all(*parts).subquery()
    merged = select(together.c.id, together.c.position)
    return merged.order_by(together.c.position.desc(), together.c.id.desc()) if ordered else merged


def _arms(dialect: str, searched: bool, themed: bool, led: bool, status: Status | None) -> list[_Arm]:
    themes = [_challenge.c.theme == bindparam("theme")] if themed else []
    standings = [_stands(*each) for each in _STANDINGS[status]] if status else []
    sides = _sides() if led else []
    deadlines = status in {Status.OPEN, Status.ASSESSED}
    if searched:
        either = [or_(*each) for each in (standings, sides) if each]
        return [_found(dialect, [*themes, *either], deadlines)]
    source = _challenge.outerjoin(_round, CURRENT_ROUND) if deadlines else _challenge
    position = _challenge.c.released_at
    ids = select(_challenge.c.id, position.label("position")).select_from(source).where(position.is_not(None), *themes)
    order = (position.desc(), _challenge.c.id.desc())
    return [_Arm(ids.where(*each), order) for each in product(*(some for some in (standings, sides) if some))]


def _found(dialect: str, conditions: list[ColumnElement[bool]], deadlines: bool) -> _Arm:
    """What was searched for: only released challenges are indexed, and in the order of their release."""

    def narrowing(rows: FromClause, challenge_id: ColumnElement[int]) -> FromClause:
        joined = rows.join(_challenge, _challenge.c.id == challenge_id)
        return joined.outerjoin(_round, CURRENT_ROUND) if deadlines else joined

    ids = finding.matches(dialect, narrowing if conditions else None, conditions)
    return _Arm(ids, (ids.selected_columns.position.desc(),))


def _stands(state: ChallengeState, passed: bool | None) -> ColumnElement[bool]:
    stored = _challenge.c.state == state
    if passed is None:
        return stored
    if passed:
        return and_(stored, _round.c.deadline <= _NOW)
    return and_(stored, or_(_round.c.deadline.is_(None), _round.c.deadline > _NOW))


def _sides() -> list[ColumnElement[bool]]:
    """Led by the authority, or joined by it."""
    authority: ColumnElement[int] = bindparam("authority")
    joined = select(_party.c.challenge_id).where(
        _party.c.organisation_id == authority, _party.c.part == literal(Part.JOINT, _party.c.part.type)
    )
    return [_challenge.c.lead_id == authority, _challenge.c.id.in_(joined)]

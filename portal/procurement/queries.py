"""The procurement register: every challenge with its next legal date, what is overdue, and its contracts.

An authority's people see their own; a coordinator sees of all others what the public may know: released challenges, the
dates of the brief and of the standstill, and contracts that are more than a draft.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import Challenge, ChallengeParty, Part, Round
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.releases import ReleaseKind
from portal.law.words import Worded
from portal.notices.duties import OVER
from portal.organisations.models import Organisation
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.queries import NOT_YET
from portal.policy import Actor, Permission, ScopeKind
from portal.procurement.models import LegalDate

SOON = timedelta(days=30)
ENDS_SOON = timedelta(days=183)
PUBLIC_DATES = ("questions", "deadline", "decision", "standstill", "contract_end")
"""The rules whose dates anybody can know: of the published brief, the award notice and the contract."""


class Show(Worded):
    """What narrows the register."""

    OVERDUE = ("overdue", "Something is overdue")
    SOON = ("soon", "A date within 30 days")
    CONTRACTS = ("contracts", "With a contract that runs")
    ENDING = ("ending", "A contract ends within 6 months")


class Order(Worded):
    """What the register is ordered by."""

    NEXT = ("next", "Most urgent date first")
    END = ("end", "Contract that ends soonest first")
    CHANGED = ("changed", "Changed last first")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for; `authority` is a reference."""

    authority: str = ""
    kind: ReleaseKind | None = None
    show: Show | None = None
    order: Order = Order.NEXT

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.authority or self.kind or self.show)


@dataclass(slots=True)
class Line:
    """One challenge in the register: `dates` are those that wait, soonest first; `contracts` those beyond a draft."""

    row: Row[Any]
    dates: list[LegalDate] = field(default_factory=list)
    contracts: list[Any] = field(default_factory=list)

    def overdue(self, today: date) -> list[LegalDate]:
        """What should have been done by now."""
        return [each for each in self.dates if each.day < today]

    def following(self, today: date) -> LegalDate | None:
        """The next date that is still to come."""
        return next((each for each in self.dates if each.day >= today), None)


def _today() -> date:
    return london_date(clock.now())


def _own(actor: Actor) -> ColumnElement[bool]:
    """Led or joined by a body whose challenges this person may see, or theirs by a part in it."""
    held = actor.where(Permission.CHALLENGE_SEE)
    bodies = sorted(each.id for each in held if each.kind is ScopeKind.AUTHORITY and each.id is not None)
    parts = sorted(each.id for each in held if each.kind is ScopeKind.CHALLENGE and each.id is not None)
    party = ChallengeParty.challenge_id == Challenge.id
    joint = exists().where(party, ChallengeParty.part == Part.JOINT, ChallengeParty.organisation_id.in_(bodies))
    return or_(Challenge.lead_id.in_(bodies), joint, Challenge.id.in_(parts))


def _visible(actor: Actor) -> ColumnElement[bool]:
    if not actor.where(Permission.NETWORK_SEE):
        return _own(actor)
    return or_(_own(actor), Challenge.released_at.is_not(None))


def _waits(actor: Actor) -> ColumnElement[bool]:
    """Dates of the challenge at hand that wait: still to come, or overdue."""
    today = _today()
    known = true() if not actor.where(Permission.NETWORK_SEE) else or_(_own(actor), LegalDate.key.in_(PUBLIC_DATES))
    overdue = and_(LegalDate.asks.is_(True), _own(actor)) if actor.where(Permission.NETWORK_SEE) else LegalDate.asks
    return and_(LegalDate.met.is_(False), known, or_(LegalDate.day >= today, overdue))


_PHASE_END = select(func.max(Phase.ends_on)).where(Phase.partnership_id == Partnership.id).scalar_subquery()
_RUNS = Partnership.state.not_in((*NOT_YET, *OVER))


def register(actor: Actor, wanted: Wanted) -> Select[Any]:
    """The challenges of the register, in the order asked for."""
    first = select(func.min(LegalDate.day)).where(LegalDate.challenge_id == Challenge.id, _waits(actor))
    first_day = first.correlate(Challenge).scalar_subquery()
    ends = (
        select(func.min(_PHASE_END)).where(Partnership.challenge_id == Challenge.id, _RUNS).correlate(Challenge)
    ).scalar_subquery()
    shown: tuple[Any, ...] = (
        Challenge.id,
        Challenge.reference,
        Challenge.title,
        Challenge.release_kind,
        Challenge.estimated_pence,
        Challenge.released_at,
        Organisation.name.label("lead"),
        effective_state(clock.now()).label("standing"),
        case((_own(actor), true()), else_=false()).label("own"),
    )
    order = {
        Order.NEXT: (first_day.is_(None), first_day, Challenge.id),
        Order.END: (ends.is_(None), ends, Challenge.id),
        Order.CHANGED: (Challenge.state_since.desc(), Challenge.id.desc()),
    }[wanted.order]
    return (
        select(*shown)
        .join(Organisation, Organisation.id == Challenge.lead_id)
        .outerjoin(Round, CURRENT_ROUND)
        .where(_visible(actor), *_narrowed(actor, wanted, first_day, ends))
        .order_by(*order)
    )


def _narrowed(actor: Actor, wanted: Wanted, first_day: Any, ends: Any) -> Iterable[ColumnElement[bool]]:
    today = _today()
    if wanted.authority:
        yield Organisation.reference == wanted.authority
    if wanted.kind:
        yield Challenge.release_kind == wanted.kind
    if wanted.show is Show.OVERDUE:
        yield first_day < today
    if wanted.show is Show.SOON:
        near = LegalDate.day.between(today, today + SOON)
        yield exists().where(LegalDate.challenge_id == Challenge.id, _waits(actor), near)
    if wanted.show is Show.CONTRACTS:
        yield exists().where(Partnership.challenge_id == Challenge.id, _RUNS)
    if wanted.show is Show.ENDING:
        yield ends <= today + ENDS_SOON


def lines_of(session: Session, actor: Actor, rows: Select[Any]) -> list[Line]:
    """A stretch of the register with its dates and contracts: three statements, whatever the number of rows."""
    lines = {row.id: Line(row) for row in session.execute(rows)}
    waiting = (
        select(LegalDate)
        .join(Challenge, Challenge.id == LegalDate.challenge_id)
        .where(LegalDate.challenge_id.in_(lines), _waits(actor))
        .order_by(LegalDate.day, LegalDate.id)
    )
    for each in session.scalars(waiting):
        lines[each.challenge_id].dates.append(each)
    for contract in _contracts(session, list(lines)):
        lines[contract.challenge_id].contracts.append(contract)
    return list(lines.values())


def _contracts(session: Session, challenges: list[int]) -> Sequence[Any]:
    return session.execute(
        select(
            Partnership.challenge_id,
            Partnership.number,
            Partnership.contract_reference,
            Partnership.state,
            Partnership.value_pence,
            Partnership.signed_on,
            Partnership.option_expires_on,
            Organisation.name.label("firm"),
            _PHASE_END.label("ends_on"),
        )
        .join(Organisation, Organisation.id == Partnership.organisation_id)
        .where(Partnership.challenge_id.in_(challenges), Partnership.state.not_in(NOT_YET))
        .order_by(Partnership.challenge_id, Partnership.number)
    ).all()


def authorities(session: Session, actor: Actor) -> Sequence[Any]:
    """The bodies that lead something this person sees here, by name."""
    return session.execute(
        select(Organisation.reference, Organisation.name)
        .where(exists().where(Challenge.lead_id == Organisation.id, _visible(actor)))
        .order_by(Organisation.name, Organisation.id)
        .limit(200)
    ).all()

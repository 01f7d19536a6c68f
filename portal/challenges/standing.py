"""What the law makes of a challenge: its value with VAT, where that stands, and how long firms must have to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, RoundKind
from portal.db import clock
from portal.law.calendar import last_day_of, london_date
from portal.law.money import with_vat
from portal.law.planning import Planned, period_after
from portal.law.releases import BY_POLICY, ResponsePeriod, response_period
from portal.law.routes import Route, routes
from portal.law.thresholds import AuthorityKind, ContractKind, Standing, estimated_value, standing
from portal.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first lawful day of a deadline, and the period it comes from."""

    day: date
    period: ResponsePeriod


def lead_kind(session: Session, challenge: Challenge) -> AuthorityKind:
    """What kind of body leads, which decides the thresholds of a joint challenge too."""
    lead = session.get_one(Organisation, challenge.lead_id)
    return lead.authority_kind or AuthorityKind.OTHER_PUBLIC


def value_of(challenge: Challenge) -> int | None:
    """The estimated value in pence with options, payments to participants and VAT; None where not estimated."""
    if challenge.estimated_pence is None:
        return None
    parts = (challenge.estimated_pence, challenge.option_pence, challenge.participant_pence)
    return estimated_value(*(with_vat(part, challenge.vat) for part in parts))


def begins_on(challenge: Challenge) -> date:
    """The day by which thresholds are read: its release, or today while that is still to come."""
    return london_date(challenge.released_at or clock.now())


def standing_of(session: Session, challenge: Challenge) -> Standing | None:
    """Where its value stands; None until somebody says what kind of thing is bought."""
    if challenge.contract_kind is None:
        return None
    kind = lead_kind(session, challenge)
    return standing(kind, challenge.contract_kind, value_of(challenge), begins_on(challenge))


def routes_of(session: Session, challenge: Challenge) -> tuple[Route, ...]:
    """Every release kind with the reason it is open or not; none until it is known what is bought."""
    if challenge.contract_kind is None:
        return ()
    kind = lead_kind(session, challenge)
    return routes(kind, challenge.contract_kind, value_of(challenge), begins_on(challenge))


PLANNED: list[Callable[[Session, Challenge], Planned | None]] = []
"""What an upper room knows of a challenge's planned procurement notice; the wiring fills it."""


def period_of(session: Session, challenge: Challenge, kind: RoundKind, opens_on: date) -> ResponsePeriod:
    """How long a round that opens that day must stay open; our own policy until the legal route is chosen."""
    found = standing_of(session, challenge)
    contract = challenge.contract_kind or ContractKind.SERVICES
    if found is None:
        return BY_POLICY
    if kind is RoundKind.TENDER:
        return period_after(_planned(session, challenge), found, contract, invited_on=opens_on)
    return response_period(challenge.release_kind, found, contract) if challenge.release_kind else BY_POLICY


def _planned(session: Session, challenge: Challenge) -> Planned | None:
    return next((found for known in PLANNED if (found := known(session, challenge))), None)


def earliest_deadline(session: Session, challenge: Challenge, kind: RoundKind, opens_on: date) -> Earliest:
    """The first lawful day of the deadline of a round that opens that day (Procurement Act 2023 s.54(5))."""
    period = period_of(session, challenge, kind, opens_on)
    return Earliest(last_day_of(period.days, after=opens_on), period)

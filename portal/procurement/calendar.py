"""Every date that law, brief and contracts set for one challenge, in the order of its life."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Deal, Round, RoundKind
from portal.challenges.pathway import ENDS, ChallengeState
from portal.challenges.promises import days_of_moves
from portal.challenges.standing import earliest_deadline, value_of
from portal.db import clock
from portal.law import dates, reckoning, releases
from portal.law.calendar import london_date
from portal.law.dates import Basis, Rule
from portal.law.notices import NoticeKind
from portal.law.planning import qualifying_window
from portal.notices.duties import Duty, Footing, duties_of, footing_of, payments_to_publish
from portal.notices.models import Moment
from portal.notices.queries import award_number, dispatch_of, planned_notice
from portal.partnerships.models import Partnership
from portal.partnerships.queries import NOT_YET, contracts_of
from portal.procurement.contracts import leads_to, measured_on, of_contract, settled_on
from portal.procurement.entries import Entry
from portal.procurement.models import LegalDate
from portal.web.filters import long_datetime

_WAITS = {
    Moment.PLANNING: "If you choose to: at least 40 days and at most 12 months before the tender notice.",
    Moment.RELEASE: "Before the challenge is released.",
    Moment.AMENDMENT: "When what was published changes.",
    Moment.TENDER: "Before tenders are invited.",
    Moment.ACTIVATION: "Before the contract is signed.",
}


@dataclass(frozen=True, slots=True)
class _Known:
    """What one calendar is made of, read once."""

    challenge: Challenge
    footing: Footing | None
    duties: list[Duty]
    number: int
    contracts: list[Partnership]


def entries_of(session: Session, challenge: Challenge) -> list[Entry]:
    """The calendar of one challenge: a fixed number of statements, whatever the number of contracts and notices."""
    footing = footing_of(session, challenge)
    number = award_number(session, challenge)
    contracts = [each for each in contracts_of(session, challenge) if each.state not in NOT_YET] if footing else []
    known = _Known(challenge, footing, duties_of(session, challenge) if footing else [], number, contracts)
    done = _recorded(session, challenge)
    found = [
        *_notices(known, Moment.PLANNING),
        *_planned(session, challenge),
        *_notices(known, Moment.RELEASE),
        *_window(session, challenge, RoundKind.CHALLENGE),
        *_notices(known, Moment.AMENDMENT),
        *_decision(session, challenge),
        *_notices(known, Moment.TENDER),
        *_window(session, challenge, RoundKind.TENDER),
        *_award(session, known),
        *_contracts(session, known),
        *_ending(known),
    ]
    told = [replace(each, met_on=done[each.key]) if each.key in done else each for each in found]
    return [each for each in told if not _never_comes(challenge, each)]


def _ended_on(challenge: Challenge) -> date | None:
    """The day on which it ended without a partnership."""
    over = ENDS - {ChallengeState.ACTIVATED}
    return london_date(challenge.state_since) if challenge.state in over else None


def _never_comes(challenge: Challenge, entry: Entry) -> bool:
    """Whether the challenge ended before this moment came."""
    ended = _ended_on(challenge)
    return ended is not None and entry.day is not None and entry.day > ended and entry.met_on is None


def _recorded(session: Session, challenge: Challenge) -> dict[tuple[str, int], date]:
    rows = session.execute(
        select(LegalDate.key, LegalDate.number, LegalDate.done_on)
        .where(LegalDate.challenge_id == challenge.id, LegalDate.done_on.is_not(None))
        .order_by(LegalDate.id)
        .limit(200)
    )
    return {(key, number): day for key, number, day in rows if day is not None}


def _notices(known: _Known, moment: Moment) -> Iterator[Entry]:
    """Notices that come before a step, which have no day of their own."""
    for duty in known.duties:
        if duty.moment is moment and (duty.number == known.number or moment is not Moment.ACTIVATION):
            entry = of_duty(dates.NOTICE_BEFORE, duty, waits_for=_WAITS[moment])
            revised = moment is Moment.AMENDMENT
            yield replace(entry, about=f"Version {duty.number} of the brief") if revised else entry


def _planned(session: Session, challenge: Challenge) -> Iterator[Entry]:
    """When the tender notice must come for a planned procurement notice to make the time to tender shorter."""
    planned, kind = planned_notice(session, challenge), challenge.release_kind
    if planned is None or kind is None or not releases.needs_tender_round(kind):
        return
    window, tender = qualifying_window(planned.published_on), planned.tender_notice_on
    yield Entry(
        rule=dates.PLANNED_WINDOW,
        day=window.first,
        arithmetic=window.arithmetic,
        met_on=tender if tender and window.holds(tender) else None,
        endpoint="brief.tender",
    )


def of_duty(rule: Rule, duty: Duty, *, waits_for: str = "") -> Entry:
    """A notice that has no day of its own, with its name and the page on which it is met."""
    title = f"Publish the {duty.kind.legal_name.lower()} ({duty.kind.code})"
    return Entry(
        rule=replace(rule, title=title, source=duty.kind.source),
        number=duty.number,
        about=duty.firm,
        met_on=settled_on(duty),
        waits_for=waits_for,
        only_if=duty.only_if,
        **leads_to(duty),
    )


def _window(session: Session, challenge: Challenge, kind: RoundKind) -> Iterator[Entry]:
    asked = session.scalars(select(Round).where(Round.challenge_id == challenge.id, Round.kind == kind)).first()
    if asked is None:
        return
    is_tender = kind is RoundKind.TENDER
    number, about = (2, "The tender") if is_tender else (1, "")
    page = "brief.tender" if is_tender else "brief.tasks"
    waits = "The brief does not say it yet."
    begun = asked.opens_at or (None if is_tender else challenge.released_at)
    for rule, moment in ((dates.QUESTIONS, asked.questions_until), (dates.DEADLINE, asked.deadline)):
        if rule is dates.DEADLINE:
            yield _least_time(session, challenge, kind, begun, number, about)
        yield Entry(
            rule=rule,
            number=number,
            about=about,
            day=_day(moment),
            arithmetic=_set_for(moment),
            waits_for=waits,
            endpoint=page,
        )


def _least_time(
    session: Session, challenge: Challenge, kind: RoundKind, begun: datetime | None, number: int, about: str
) -> Entry:
    first = earliest_deadline(session, challenge, kind, london_date(begun or clock.now()))
    basis = Basis.LAW if first.period.is_law else Basis.POLICY
    rule = replace(dates.LEAST_TIME, source=first.period.source, basis=basis)
    if begun is None:
        waits = "It is counted from the day on which firms are invited."
        return Entry(rule=rule, number=number, about=about, waits_for=waits)
    found = reckoning.earliest(first.period.days, after=london_date(begun), event="Invited")
    return Entry(rule=rule, number=number, about=about, day=found.day, arithmetic=found.arithmetic)


def _decision(session: Session, challenge: Challenge) -> Iterator[Entry]:
    day = session.scalars(select(Deal.decision_on).where(Deal.challenge_id == challenge.id)).first()
    _, left = days_of_moves(session, challenge)
    yield Entry(
        rule=dates.DECISION,
        day=day,
        arithmetic=f"The brief says {reckoning.day_in_full(day)}." if day else "",
        met_on=left.get(ChallengeState.ASSESSMENT) or _ended_on(challenge),
        waits_for="The brief does not say it yet.",
        endpoint="assessment.panel" if challenge.released_at else "brief.tasks",
    )


def _award(session: Session, known: _Known) -> Iterator[Entry]:
    footing, challenge = known.footing, known.challenge
    if footing is None:
        return
    if releases.summaries_are_due(footing.kind, footing.standing):
        sent = dispatch_of(session, challenge, known.number)
        waits = "A firm must be chosen first; then send them before the award notice."
        met = london_date(sent.sent_at) if sent else None
        yield Entry(rule=dates.SUMMARIES, number=known.number, met_on=met, waits_for=waits, endpoint="notices.award")
    yield from _notices(known, Moment.ACTIVATION)
    if dates.measures_due(
        footing.kind, footing.contract, footing.standing, value_of(challenge), london_date(clock.now())
    ):
        met, waits = measured_on(known.contracts), "Before the contract is signed."
        yield Entry(rule=dates.MEASURES, met_on=met, waits_for=waits, endpoint="partnerships.award")
    if releases.standstill_is_mandatory(footing.kind, footing.contract, footing.standing):
        yield _standstill(known)


def _standstill(known: _Known) -> Entry:
    wanted = (Moment.ACTIVATION, known.number, NoticeKind.UK6)
    notice = next((each for each in known.duties if each.key == wanted), None)
    published = settled_on(notice) if notice else None
    found = reckoning.standstill_reckoned(published) if published else None
    return Entry(
        rule=dates.STANDSTILL,
        number=known.number,
        about=f"Award {known.number}" if known.number > 1 else "",
        day=found.day if found else None,
        arithmetic=found.arithmetic if found else "",
        waits_for="It begins with the day on which the award notice is published.",
        endpoint="notices.award",
    )


def _contracts(session: Session, known: _Known) -> Iterator[Entry]:
    if known.footing is None:
        return
    if not known.contracts:
        for duty in known.duties:
            if duty.moment is Moment.SIGNING:
                waits = "It is counted from the day on which the contract is signed."
                yield of_duty(dates.DETAILS, duty, waits_for=waits)
    payments = payments_to_publish(session, known.challenge, known.footing) if known.contracts else []
    for each in known.contracts:
        own = [*of_contract(known.challenge, known.footing, each, known.duties, payments), *_changed(known, each)]
        yield from sorted(own, key=lambda entry: entry.day or entry.met_on or date.max)


def _changed(known: _Known, contract: Partnership) -> Iterator[Entry]:
    """The notice of each change stands with the contract that it changes."""
    for duty in known.duties:
        if duty.moment is Moment.CHANGE and duty.contract == contract.number:
            yield of_duty(dates.CHANGE, duty, waits_for="Before the change is made.")


def _ending(known: _Known) -> Iterator[Entry]:
    for duty in known.duties:
        if duty.moment is Moment.ENDING:
            waits = "As soon as it is decided to award no contract."
            yield replace(of_duty(dates.NO_AWARD, duty, waits_for=waits), only_if=not duty.ripe)


def _day(moment: datetime | None) -> date | None:
    return london_date(moment) if moment else None


def _set_for(moment: datetime | None) -> str:
    return f"The brief says {long_datetime(moment)}." if moment else ""

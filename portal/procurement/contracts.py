"""The dates that run from one contract: its notices, its copy, what is paid under it, its option and its end."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.challenges.models import Challenge
from portal.challenges.standing import value_of
from portal.law import dates, reckoning
from portal.law.calendar import london_date
from portal.law.notices import NoticeKind
from portal.law.thresholds import Standing
from portal.notices.duties import OVER, YEARS_OF_A_CONTRACT, Duty, Footing
from portal.notices.models import Moment
from portal.partnerships.models import Invoice, Partnership
from portal.procurement.entries import Entry


def settled_on(duty: Duty) -> date | None:
    """The day on which a notice was published, or lawfully replaced by reasons."""
    if duty.notice is None or not duty.met:
        return None
    moment = duty.notice.published_at or duty.notice.replaced_at
    return london_date(moment) if moment else None


def leads_to(duty: Duty) -> dict[str, Any]:
    """The page on which a notice is met, as an entry names it."""
    values = (("moment", duty.moment.value), ("number", duty.number), ("kind", duty.kind.value))
    return {"endpoint": "notices.notice", "values": values}


def measured_on(contracts: list[Partnership]) -> date | None:
    """The day on which the last contract was signed, where each has the three measures that s.52 asks for."""
    signed = [each.signed_on for each in contracts if each.signed_on and each.is_measured]
    return max(signed) if signed and len(signed) == len(contracts) else None


def of_contract(
    challenge: Challenge,
    footing: Footing,
    contract: Partnership,
    duties: list[Duty],
    payments: list[tuple[Invoice, date]],
) -> Iterator[Entry]:
    """Every date of one contract; `payments` are those of the challenge that must be published."""
    own = {each.key: each for each in duties}
    yield from _details(footing, contract, own)
    yield from _copy(challenge, footing, contract)
    yield from _paid(contract, own, payments)
    yield from _every_year(contract, own)
    yield from _agreed(contract)
    yield from _termination(contract, own)


Own = dict[tuple[Moment, int, NoticeKind], Duty]


def _details(footing: Footing, contract: Partnership, own: Own) -> Iterator[Entry]:
    duty = own.get((Moment.SIGNING, contract.number, NoticeKind.UK7))
    if duty is None:
        return
    above = footing.standing is Standing.ABOVE_THRESHOLD
    found, signed_on = None, contract.signed_on
    if signed_on and (days := dates.contract_details_days(footing.contract, footing.standing, signed_on)):
        found = reckoning.within(days, beginning=signed_on, event="Signed")
    waits = "As soon as you can: the law sets no day." if signed_on else "The contract is not signed yet."
    yield _entry(dates.DETAILS if above else dates.DETAILS_SMALL, contract, found, duty, waits=waits)


def _copy(challenge: Challenge, footing: Footing, contract: Partnership) -> Iterator[Entry]:
    if contract.signed_on is None:
        return
    days = dates.contract_copy_days(footing.contract, footing.standing, value_of(challenge), contract.signed_on)
    if days is not None:
        found = reckoning.within(days, beginning=contract.signed_on, event="Signed")
        yield Entry(
            rule=dates.COPY,
            number=contract.number,
            about=contract.organisation.name,
            day=found.day,
            arithmetic=found.arithmetic,
            recordable=True,
        )


def _paid(contract: Partnership, own: Own, payments: list[tuple[Invoice, date]]) -> Iterator[Entry]:
    for invoice, day in payments:
        if invoice.partnership_id == contract.id:
            found = reckoning.payment_information(dates.periods(day).payment_days, paid_on=day)
            duty = own.get((Moment.RUNNING, invoice.id, NoticeKind.UK8))
            part = f"invoice {invoice.number}"
            yield _entry(dates.PAYMENT, contract, found, duty, number=invoice.id, part=part)


def _every_year(contract: Partnership, own: Own) -> Iterator[Entry]:
    first, since, event = contract.number * YEARS_OF_A_CONTRACT, contract.signed_on, "Signed"
    for duty in own.values():
        if duty.kind is not NoticeKind.UK9 or duty.contract != contract.number or since is None:
            continue
        found = reckoning.years_after(1, beginning=since, event=event) if duty.due_on else None
        part = f"notice {duty.number - first}" if found else "at its end"
        waits = "As soon as you can, now that the contract has ended: the law sets no day."
        yield _entry(dates.PERFORMANCE, contract, found, duty, number=duty.number, part=part, waits=waits)
        since, event = settled_on(duty), "Last notice"


def _agreed(contract: Partnership) -> Iterator[Entry]:
    if contract.state in OVER:
        return
    if contract.phases:
        last = max(each.ends_on for each in contract.phases)
        yield _of_terms(dates.CONTRACT_END, contract, last, f"Its last phase ends {reckoning.day_in_full(last)}.")
    if contract.option_offered and contract.option_expires_on and contract.state in {"mobilising", "active"}:
        last = contract.option_expires_on
        yield _of_terms(dates.OPTION, contract, last, f"The contract says {reckoning.day_in_full(last)}.")


def _of_terms(rule: dates.Rule, contract: Partnership, day: date, arithmetic: str) -> Entry:
    return Entry(
        rule=rule,
        number=contract.number,
        about=contract.organisation.name,
        day=day,
        arithmetic=arithmetic,
        endpoint="partnerships.award",
    )


def _termination(contract: Partnership, own: Own) -> Iterator[Entry]:
    duty = own.get((Moment.CONTRACT_END, contract.number, NoticeKind.UK11))
    if duty is not None and contract.ended_at is not None:
        ended = london_date(contract.ended_at)
        days = dates.periods(ended).termination_days
        yield _entry(dates.TERMINATION, contract, reckoning.within(days, beginning=ended, event="Ended"), duty)


def _entry(
    rule: dates.Rule,
    contract: Partnership,
    found: reckoning.Reckoning | None,
    duty: Duty | None,
    *,
    number: int = 0,
    part: str = "",
    waits: str = "",
) -> Entry:
    """A notice about a contract; `part` says which of its payments or years it is about."""
    firm = contract.organisation.name
    return Entry(
        rule=rule,
        number=number or contract.number,
        about=f"{firm}, {part}" if part else firm,
        day=found.day if found else None,
        arithmetic=found.arithmetic if found else "",
        met_on=settled_on(duty) if duty else None,
        waits_for=waits,
        only_if=duty.only_if if duty else False,
        **(leads_to(duty) if duty else {}),
    )

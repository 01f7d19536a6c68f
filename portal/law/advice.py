"""The route adviser: which ways to a contract are open, what each requires, and when. It advises; a person decides.

Built on the rules that hold the portal's own moves, so that what is advised and what is asked never differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.law import releases
from portal.law.dates import contract_details_days, is_public_contract, measures_due, periods
from portal.law.planning import LEAST_DAYS_BEFORE, MOST_MONTHS_BEFORE
from portal.law.releases import ReleaseKind
from portal.law.routes import routes
from portal.law.thresholds import (
    AuthorityKind,
    ContractKind,
    Standing,
    amounts_source,
    notifiable_from,
    standing,
    threshold,
)

_ACT = "Procurement Act 2023"


@dataclass(frozen=True, slots=True)
class Step:
    """Something a route requires: when, what, and the rule."""

    when: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Advice:
    """One way to a contract. `key` is that of the release kind to choose for it, empty where the portal has none."""

    title: str
    is_open: bool
    reason: str
    steps: tuple[Step, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the advice depends on. `value` is pence including VAT, options and payments to participants.

    `announced`: an earlier tender said that the purchase may be repeated; `failed`: a competition brought no suitable
    tender; `scottish`: a devolved Scottish authority buys.
    """

    authority: AuthorityKind
    contract: ContractKind
    value: int | None
    on: date
    announced: bool = False
    failed: bool = False
    scottish: bool = False


@dataclass(frozen=True, slots=True)
class Advised:
    """The amounts that apply, where the value stands, and every way.

    Where not `act_applies` (Scotland), the amounts are those of the Procurement Act 2023 all the same: not to be shown.
    """

    threshold: int
    notifiable_from: int
    standing: Standing
    source: str
    ways: tuple[Advice, ...]
    act_applies: bool


def advise(given: Circumstances) -> Advised:
    """Every way to a contract with what it requires. Raises ValueError for a day before the Act."""
    found = standing(given.authority, given.contract, given.value, given.on)
    ways = (
        [_scotland()] if given.scottish else [*_kinds(given, found), _after_failure(given, found), _again(given, found)]
    )
    return Advised(
        threshold(given.authority, given.contract, given.on),
        notifiable_from(given.authority, given.on),
        found,
        amounts_source(given.on),
        tuple(ways),
        act_applies=not given.scottish,
    )


def _kinds(given: Circumstances, found: Standing) -> Iterator[Advice]:
    for route in routes(given.authority, given.contract, given.value, given.on):
        steps = tuple(_steps(route.kind, given, found)) if route.is_open else ()
        yield Advice(route.kind.title, route.is_open, route.reason, steps, route.kind.value)


def _steps(kind: ReleaseKind, given: Circumstances, found: Standing) -> Iterator[Step]:
    for notice in releases.notices_before_release(kind, found):
        yield Step("Before the release", f"Publish the {notice.legal_name.lower()} ({notice.code})", notice.source)
    period = releases.response_period(kind, found, given.contract)
    yield Step("While it is open", f"At least {period.days} days to answer", period.source)
    if releases.needs_tender_round(kind):
        yield from _tender_steps(given, found, kind)
    yield from _award_steps(kind, given, found)
    yield from _signing_steps(kind, given, found)


def _tender_steps(given: Circumstances, found: Standing, kind: ReleaseKind) -> Iterator[Step]:
    yield Step(
        "Before the tender",
        "Share with everybody what supported firms learnt; keep nobody at an advantage",
        f"{_ACT} s.16(3)",
    )
    for notice in releases.notices_before_tender(kind, found):
        yield Step("Before the tender", f"Publish the {notice.legal_name.lower()} ({notice.code})", notice.source)
    period = releases.tender_period(found, given.contract)
    yield Step("While tenders are open", f"At least {period.days} days to tender", period.source)
    shorter = releases.tender_period(found, given.contract, planned_notice=True)
    if shorter.days < period.days:
        yield Step(
            "If you wish, before the tender",
            f"Publish a planned procurement notice (UK3) at least {LEAST_DAYS_BEFORE} days and at most "
            f"{MOST_MONTHS_BEFORE} months before the tender notice: then {shorter.days} days to tender are enough",
            f"{_ACT} s.15(3) and s.54(4)",
        )


def _award_steps(kind: ReleaseKind, given: Circumstances, found: Standing) -> Iterator[Step]:
    if kind is ReleaseKind.EXEMPT:
        yield Step("Before signing", "Keep on file why it is research for public benefit", f"{_ACT} Sch. 2 para 22")
    if releases.summaries_are_due(kind, found):
        yield Step(
            "Before the award notice",
            "Send every assessed firm its summary, all at once",
            f"{_ACT} s.50(3); Procurement Regulations 2024 reg. 31",
        )
    for notice in releases.notices_before_activation(kind, found):
        yield Step("Before signing", f"Publish the {notice.legal_name.lower()} ({notice.code})", notice.source)
    if releases.standstill_is_mandatory(kind, given.contract, found):
        yield Step("Before signing", "Wait eight working days from the award notice (standstill)", f"{_ACT} s.51")
    if measures_due(kind, given.contract, found, given.value, given.on):
        yield Step("Before signing", "Set at least three performance measures", f"{_ACT} s.52")


def _signing_steps(kind: ReleaseKind, given: Circumstances, found: Standing) -> Iterator[Step]:
    for notice in releases.notices_after_signing(kind, found):
        days = contract_details_days(given.contract, found, given.on)
        by = f"within {days} days" if days else "as soon as you can"
        yield Step("After signing", f"Publish the {notice.legal_name.lower()} ({notice.code}) {by}", notice.source)
    if is_public_contract(kind, found):
        days = periods(given.on).termination_days
        yield Step(
            "When the contract ends",
            f"Publish the contract termination notice (UK11) within {days} days",
            f"{_ACT} s.80",
        )
    if not releases.purchase_option_allowed(kind, announced=True):
        yield Step("Afterwards", "Buying the result is a new procurement", f"{_ACT} Sch. 2 para 22")


def _direct_steps(given: Circumstances, found: Standing) -> tuple[Step, ...]:
    """A direct award above the threshold: transparency notice, award notice and standstill as for a prototype."""
    kind = ReleaseKind.PROTOTYPE
    return (*_award_steps(kind, given, found), *_signing_steps(kind, given, found))


def _after_failure(given: Circumstances, found: Standing) -> Advice:
    """Switching to direct award (Procurement Act 2023 s.43)."""
    title = "Direct award after a competition that failed"
    if found is not Standing.ABOVE_THRESHOLD:
        return Advice(title, False, "Below the threshold a direct award needs no special ground (s.41).", ())
    if not given.failed:
        return Advice(title, False, "Only after a competition that brought no suitable tender or request (s.43).", ())
    reason = "No suitable tender came, and a new competition is not possible in the circumstances: say why (s.43)."
    return Advice(title, True, reason, _direct_steps(given, found))


def _again(given: Circumstances, found: Standing) -> Advice:
    """Additional or repeat goods, services or works (Procurement Act 2023 Sch. 5 para 8)."""
    title = "Repeat purchase that was announced"
    if found is not Standing.ABOVE_THRESHOLD:
        return Advice(title, False, "Below the threshold a direct award needs no special ground (s.41).", ())
    if not given.announced:
        reason = "Only where the tender notice of the first competition announced it (Sch. 5 para 8)."
        return Advice(title, False, reason, ())
    reason = "From the same firm, within five years of a contract that was competed and announced it (Sch. 5 para 8)."
    return Advice(title, True, reason, _direct_steps(given, found))


def _scotland() -> Advice:
    """A devolved Scottish authority: the Act does not apply, Scotland's own regulations do.

    From memory: Public Contracts (Scotland) Regulations 2015 reg. 32. What it asks was read in the like regulation 31
    of the Public Contracts Regulations 2015: check it before you rely on it.
    """
    source = "Public Contracts (Scotland) Regulations 2015 reg. 32, to be checked"
    said = (
        ("Before the call", "Show that the market does not yet offer it; name the minimum requirements"),
        ("Before the call", "Say who keeps intellectual property, and when and how a partner's work may be ended"),
        ("While it is open", "At least 30 days for requests to take part"),
        ("When choosing", "Select on the capacity to research and develop; award on price and quality together only"),
        ("While negotiating", "Negotiate all but final tenders; never minimum requirements or criteria"),
        ("During the partnership", "Phases with intermediate targets and payment in instalments"),
        ("During the partnership", "Never show one partner's solution to another without specific consent"),
        ("At the end", "Buy the result only where the agreed performance level and maximum cost are met"),
    )
    steps = tuple(Step(when, what, source) for when, what in said)
    reason = (
        "Scottish authorities follow their own regulations, which still have the innovation partnership. "
        "The portal's release kinds do not fit them: take advice."
    )
    return Advice("Innovation partnership (Scotland)", True, reason, steps)

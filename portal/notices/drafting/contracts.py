"""The fields of notices about one contract: its details, what is paid, how it goes, what changes, how it ended.

What each must hold: Procurement Regulations 2024 (SI 2024/692) reg. 32 (UK7), 39 (UK9), 40 (UK10) and 41 (UK11);
Procurement Act 2023 s.70 (UK8).
"""

from collections.abc import Iterator

from portal.challenges.standing import value_of
from portal.db import clock
from portal.law import dates
from portal.law.calendar import london_date
from portal.law.money import pounds, with_vat
from portal.notices.drafting import about
from portal.notices.drafting.fields import Field, elsewhere
from portal.notices.drafting.matter import Matter
from portal.partnerships.models import ContractChange, Partnership
from portal.web.filters import long_date

_REG = "Procurement Regulations 2024 reg."
_PAID = "Procurement Act 2023 s.70"
_CHANGED = "Procurement Act 2023 s.75"


def _of_contract(of: Matter, asked_by: str) -> Iterator[Field]:
    held = of.contract()
    if held is None:
        yield Field("Contract", "", asked_by, "No contract is signed yet", "partnerships.award")
        return
    yield from about.Firm(held.organisation).fields(asked_by)
    yield from about.contract(held, of.challenge, asked_by)


def details(of: Matter) -> Iterator[Field]:
    """Contract details notice (UK7)."""
    yield from _of_contract(of, f"{_REG} 32(2)")
    held, footing = of.contract(), of.footing
    if held and held.option_offered:
        most, last = pounds(held.option_maximum_pence or 0), long_date(held.option_expires_on)
        told = f"Up to {most} until {last}: {held.option_level}"
        yield Field("Purchase option", told, f"{_REG} 32(2)", "The contract", "partnerships.award")
    day = held.signed_on if held and held.signed_on else london_date(clock.now())
    if footing and dates.measures_due(footing.kind, footing.contract, footing.standing, value_of(of.challenge), day):
        yield Field(
            "Performance measures (at least three)",
            _measures(held),
            "Procurement Act 2023 s.52",
            "The contract's targets",
            "partnerships.award",
        )
    yield about.conflicts(of.challenge)


def _measures(held: Partnership | None) -> str:
    if held is None or not held.is_measured:
        return ""
    return "; ".join(f"{each.text} ({each.measure})" for phase in held.phases for each in phase.targets)


def payment(of: Matter) -> Iterator[Field]:
    """Contract payment notice (UK8), of one invoice that was paid."""
    yield from _of_contract(of, _PAID)
    paid = of.invoice()
    if paid is None:
        return
    source = "The invoice"
    amount = pounds(with_vat(paid.paid_pence or 0, paid.vat))
    yield Field("Payment with VAT", amount, f"{_PAID}(1)", source)
    yield Field("Invoice", paid.number, f"{_PAID}(1)", source)
    yield Field("Fell due", long_date(paid.due_on), f"{_PAID}(2)", "Counted by the portal from its receipt")
    yield Field("Day on which it was paid", long_date(paid.paid_on), f"{_PAID}(2)", source)


def performance(of: Matter) -> Iterator[Field]:
    """Contract performance notice (UK9)."""
    yield from _of_contract(of, f"{_REG} 39(4)")
    held = of.contract()
    judged = [it for each in held.phases for it in each.targets if it.met is not None] if held else []
    told = "; ".join(f"{each.text}: {'met' if each.met else 'not met'}" for each in judged)
    yield Field("Measures and what was seen", told, f"{_REG} 39(4)(d)", "The gates' judgements", "partnerships.award")
    yield elsewhere(
        "Rating of each: good, approaching target, requires improvement, inadequate or other", f"{_REG} 39(5)"
    )
    yield elsewhere("Period that was assessed", f"{_REG} 39(4)(h)", "Twelve months at most since the last.")


def change(of: Matter) -> Iterator[Field]:
    """Contract change notice (UK10), of one change that is agreed."""
    yield from _of_contract(of, f"{_REG} 40")
    agreed = of.change()
    if agreed is not None:
        source = "The change"
        yield Field("What changes", agreed.title, f"{_REG} 40", source)
        yield Field("Why", agreed.why, f"{_REG} 40", source)
        ground = " ".join(each for each in (f"{agreed.ground.title}.", agreed.ground_reason) if each)
        yield Field("Why it is allowed", ground, "Procurement Act 2023 s.74", source)
        value = f"From {pounds(agreed.value_before)} to {pounds(agreed.value_after)}"
        yield Field("Value", value, f"{_CHANGED}(2)", source)
        term = f"From {long_date(agreed.ends_before)} to {long_date(agreed.ends_after)}"
        yield Field("Last day", term, f"{_CHANGED}(2)", source)
        yield from _added_and_altered(agreed, source)
    yield about.conflicts(of.challenge)


def _added_and_altered(agreed: ContractChange, source: str) -> Iterator[Field]:
    """The phase a change adds, and how it alters the purchase option."""
    if agreed.added is not None:
        new = agreed.added
        told = f"{new.title}, {long_date(new.starts_on)} to {long_date(new.ends_on)}, {pounds(new.payment_pence)}"
        yield Field("A new phase", told, f"{_REG} 40", source)
    if agreed.option is not None:
        before, after = agreed.option.before, agreed.option.after
        most = f"At most {pounds(before.maximum_pence)}, from now on at most {pounds(after.maximum_pence)}"
        yield Field("Purchase option: cost", most, f"{_CHANGED}(2)", source)
        until = f"Until {long_date(before.expires_on)}, from now on until {long_date(after.expires_on)}"
        yield Field("Purchase option: last day", until, f"{_REG} 40", source)
        level = f"{before.level} From now on: {after.level}" if before.level != after.level else f"Stays: {after.level}"
        yield Field("Purchase option: level", level, f"{_REG} 40", source)


def termination(of: Matter) -> Iterator[Field]:
    """Contract termination notice (UK11)."""
    yield from _of_contract(of, f"{_REG} 41(2)")
    held = of.contract()
    reason = held.end_reason or ("It was carried out." if held.state == "closed" else "") if held else ""
    ended = long_date(held.ended_at) if held else ""
    yield Field("Why it ended", reason, f"{_REG} 41(2)(e)", "What was written when it ended", "partnerships.award")
    yield Field("When it ended", ended, f"{_REG} 41(2)(f)", "The day it came to its end", "partnerships.award")
    yield from about.value(of.challenge, f"{_REG} 41(2)(g)")
    yield elsewhere("Breach by the supplier, if there was one", f"{_REG} 41(2)(h)")

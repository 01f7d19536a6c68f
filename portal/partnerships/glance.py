"""A partnership at a glance: its money, its targets, its next gate, and what is late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.partnerships.models import Partnership, Phase
from portal.partnerships.money import Sums, sums_of
from portal.partnerships.pathway import PHASE
from portal.partnerships.standing import invoice_standing
from portal.web.filters import long_date

AT_WORK = ("mobilising", "active")


@dataclass(frozen=True, slots=True)
class Late:
    """Something whose day has passed: in words, with the invoice it is about where it is one."""

    words: str
    invoice: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch of the money's bar, in per cent of its length."""

    name: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Glance:
    """What a director asks first. `next_gate` is the phase whose gate comes next, None where none is left."""

    sums: Sums
    bar: tuple[Share, ...]
    targets: int
    met: int
    missed: int
    next_gate: Phase | None
    late: tuple[Late, ...]


def glance_at(contract: Partnership, today: date) -> Glance:
    """How a partnership stands today."""
    sums = sums_of(contract)
    judged = [target.met for phase in contract.phases if PHASE[phase.state].end for target in phase.targets]
    running = (each for each in contract.phases if not PHASE[each.state].end)
    return Glance(
        sums=sums,
        bar=tuple(_bar(sums)),
        targets=sum(len(each.targets) for each in contract.phases),
        met=judged.count(True),
        missed=judged.count(False),
        next_gate=next(running, None) if contract.state in AT_WORK else None,
        late=tuple(_late(contract, today)),
    )


def _bar(sums: Sums) -> Iterator[Share]:
    whole = max(sums.committed, sums.invoiced)
    if not whole:
        return
    begun = 0.0
    for name, pence in (("paid", sums.paid), ("open", sums.open)):
        width = round(100 * pence / whole, 1)
        yield Share(name, begun, width)
        begun += width


def _late(contract: Partnership, today: date) -> Iterator[Late]:
    if contract.state in AT_WORK:
        for phase in contract.phases:
            if not PHASE[phase.state].end and phase.ends_on < today:
                yield Late(
                    f"Phase {phase.number} was to end on {long_date(phase.ends_on)} and has not passed its gate."
                )
        if contract.option_offered and contract.option_expires_on and contract.option_expires_on < today:
            yield Late(f"The purchase option ran out on {long_date(contract.option_expires_on)}.")
    for invoice in contract.invoices:
        standing = invoice_standing(invoice, today)
        if standing.title == "Overdue":
            yield Late(f"Invoice {invoice.number}. {standing.words}.", invoice.reference)

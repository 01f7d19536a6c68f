"""What a contract commits, and what of it was invoiced, paid and is left: on the contract's own VAT basis."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.law.money import Vat, on_basis, pounds
from portal.partnerships.models import Invoice, Partnership, Phase
from portal.partnerships.pathway import OPEN_INVOICE


@dataclass(frozen=True, slots=True)
class Sums:
    """Whole pence on the challenge's VAT basis; amounts on another basis are turned into it at the standard rate.

    `invoiced` is everything that was paid or is still open, `paid` what was paid of it.
    """

    committed: int
    invoiced: int
    paid: int

    @property
    def open(self) -> int:
        """Invoiced and not paid yet."""
        return max(self.invoiced - self.paid, 0)

    @property
    def left(self) -> int:
        """What the contract still holds beyond what was invoiced; never less than nothing."""
        return max(self.committed - self.invoiced, 0)


def sums_of(contract: Partnership) -> Sums:
    """The sums of one contract, from its invoices."""
    basis = contract.challenge.vat
    invoices: Iterable[Invoice] = contract.invoices
    invoiced = paid = 0
    for each in invoices:
        settled = on_basis(each.paid_pence or 0, each.vat, basis)
        paid += settled
        invoiced += settled if each.state == "paid" else _asked(each, basis)
    return Sums(contract.value_pence or 0, invoiced, paid)


def _asked(invoice: Invoice, basis: Vat) -> int:
    return on_basis(invoice.amount_pence, invoice.vat, basis) if invoice.state in OPEN_INVOICE else 0


def payment_words(phase: Phase) -> str:
    """How the payment of a phase that is over stands, in words for the end of a sentence."""
    contract = phase.partnership
    basis = contract.challenge.vat
    own = [each for each in contract.invoices if each.phase_id == phase.id]
    paid = sum(on_basis(each.paid_pence or 0, each.vat, basis) for each in own if each.state == "paid")
    if paid and any(each.state in OPEN_INVOICE for each in own):
        return f"{pounds(paid)} of it paid"
    if paid:
        return "paid"
    return "due: it has passed its gate" if phase.state == "passed" else "not due"

"""What a notice is about, read once for all its fields."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.law.notices import NoticeKind
from portal.notices.duties import YEARS_OF_A_CONTRACT, Duty, Footing
from portal.organisations.models import Organisation
from portal.partnerships.models import ContractChange, Invoice, Partnership
from portal.partnerships.queries import changes_noticed, contracts_of, payments_made


@dataclass(frozen=True, slots=True)
class Matter:
    """A notice's challenge, duty and authority; `Notice` says what the duty's number counts at each moment."""

    session: Session
    challenge: Challenge
    duty: Duty
    lead: Organisation
    footing: Footing | None

    def contract(self) -> Partnership | None:
        """The contract the notice is about, as far as there is one yet."""
        if self.duty.kind is NoticeKind.UK8:
            invoice = self.invoice()
            return invoice.partnership if invoice else None
        if self.duty.kind is NoticeKind.UK10:
            change = self.change()
            return change.partnership if change else None
        by_year = self.duty.kind is NoticeKind.UK9
        number = self.duty.number // YEARS_OF_A_CONTRACT if by_year else self.duty.number
        return next((each for each in contracts_of(self.session, self.challenge) if each.number == number), None)

    def invoice(self) -> Invoice | None:
        """The invoice whose payment is published."""
        made = payments_made(self.session, self.challenge)
        return next((each for each in made if each.id == self.duty.number), None)

    def change(self) -> ContractChange | None:
        """The change that is announced."""
        noticed = changes_noticed(self.session, self.challenge)
        return next((each for each in noticed if each.number == self.duty.number), None)

"""What is typed about invoices."""

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.db import clock
from portal.law.calendar import london_date
from portal.law.money import Vat
from portal.partnerships.models import Invoice, Partnership
from portal.partnerships.plans import Billed, Payment
from portal.web.forms import GovDateField, MoneyField, PortalForm, VersionField

_LONG = Length(max=4_000, message="Use 4,000 characters or fewer.")


def _not_ahead(field: Field, sentence: str) -> None:
    if field.data and field.data > london_date(clock.now()):
        raise ValidationError(sentence)


class InvoiceForm(PortalForm):
    """What an invoice says, as the firm tells of it."""

    number = StringField(
        "Invoice number",
        [DataRequired("Enter the invoice's number."), Length(max=60, message="Use 60 characters or fewer.")],
        description="As it stands on the invoice.",
    )
    amount = MoneyField("Amount", [InputRequired("Enter the invoice's amount.")])
    vat = RadioField(
        "Does the amount include VAT?",
        [InputRequired("Say whether the amount includes VAT.")],
        choices=[SelectChoice(each.value, each.title) for each in Vat],
    )
    phase = SelectField("Which phase is it for?", choices=[], validate_choice=True)
    falls_due_on = GovDateField(
        "A day for payment that the invoice names",
        [Optional()],
        description="Leave this empty where it names none. Only a day after the thirty begin counts.",
    )

    def for_contract(self, contract: Partnership) -> "InvoiceForm":
        """Offer the phases of this contract, and its VAT basis to begin with."""
        self.phase.choices = [
            SelectChoice("", "No particular phase"),
            *(SelectChoice(str(each.number), f"Phase {each.number}: {each.title}") for each in contract.phases),
        ]
        if not self.is_submitted():
            self.vat.data = contract.challenge.vat.value
        return self

    def validate_amount(self, field: Field) -> None:
        """An invoice about nothing is none."""
        if field.data == 0:
            raise ValidationError("Enter an amount of more than nothing.")

    def billed(self, contract: Partnership) -> Billed:
        """What was typed, as the services take it."""
        phase = next((each for each in contract.phases if str(each.number) == self.phase.data), None)
        return Billed(str(self.number.data), self.amount.data, Vat(self.vat.data), phase, self.falls_due_on.data)


class ReceivedInvoiceForm(InvoiceForm):
    """The same for an officer, who knows when it was received."""

    received_on = GovDateField(
        "When was it received?",
        [InputRequired("Enter the day it was received.")],
        description="The day it reached the authority, by whatever way. The thirty days begin with it.",
    )

    def validate_received_on(self, field: Field) -> None:
        """It has happened."""
        _not_ahead(field, "The day it was received cannot be in the future.")


class ReceiveForm(PortalForm):
    """When an invoice the firm told of was received."""

    received_on = GovDateField("When was it received?", [InputRequired("Enter the day it was received.")])
    version = VersionField()

    def validate_received_on(self, field: Field) -> None:
        """It has happened."""
        _not_ahead(field, "The day it was received cannot be in the future.")


class DisputeForm(PortalForm):
    """Why an invoice is disputed."""

    dispute = TextAreaField(
        "What is wrong with it?",
        [DataRequired("Say what is wrong with it."), _LONG],
        description="The firm reads this at once. Say which part of the amount you do not dispute.",
    )
    version = VersionField()


class SettleForm(PortalForm):
    """How a dispute was settled, and at what amount."""

    settlement = TextAreaField("What was agreed?", [DataRequired("Say what was agreed."), _LONG])
    agreed = MoneyField("Amount to be paid", [InputRequired("Enter the amount to be paid.")])
    version = VersionField()

    def validate_agreed(self, field: Field) -> None:
        """What comes to nothing is sent back instead."""
        if field.data == 0:
            raise ValidationError("Enter an amount of more than nothing. If nothing is owed, send the invoice back.")


class PayForm(PortalForm):
    """When and how much was paid."""

    paid_on = GovDateField("When was it paid?", [InputRequired("Enter the day it was paid.")])
    paid = MoneyField("Amount paid", [InputRequired("Enter the amount paid.")])
    note = TextAreaField("If it is less than the invoice, why?", [_LONG], description="The firm reads this.")
    version = VersionField()
    due_pence = 0

    @classmethod
    def of(cls, invoice: Invoice) -> "PayForm":
        """The form as it begins: with the whole amount."""
        form = cls(paid=invoice.amount_pence, version=invoice.version)
        form.due_pence = invoice.amount_pence
        return form

    def validate_paid_on(self, field: Field) -> None:
        """It has happened."""
        _not_ahead(field, "The day it was paid cannot be in the future.")

    def validate_paid(self, field: Field) -> None:
        """A payment of nothing is none."""
        if field.data == 0:
            raise ValidationError("Enter an amount of more than nothing.")

    def validate_note(self, field: Field) -> None:
        """A sum that is kept back is explained."""
        if self.paid.data and self.paid.data < self.due_pence and not field.data:
            raise ValidationError("Say why less was paid than the invoice asks for.")

    @property
    def payment(self) -> Payment:
        """What was typed, as the service takes it."""
        return Payment(self.paid_on.data, self.paid.data, self.note.data or "")


class SendBackForm(PortalForm):
    """Why an invoice is not accepted."""

    back = TextAreaField(
        "Why is it sent back?",
        [DataRequired("Say why it is sent back."), _LONG],
        description="The firm reads this. For example: it lacks its number, or the phase has not passed its gate.",
    )
    version = VersionField()

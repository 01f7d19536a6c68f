"""What people type about a response. Texts may be over their limits: a draft is kept, only submitting is refused."""

from typing import Any

from wtforms import BooleanField, FileField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from portal.responses.models import WithdrawalReason
from portal.responses.sections import LONGEST_TEXT
from portal.web.forms import MoneyField, PortalForm, VersionField

MOST_PENCE = 10**12
_LONG = Length(max=4_000, message="Use at most 4,000 characters.")


class StartForm(PortalForm):
    """For which firm, and for which lot; a field with one choice is left out of the page."""

    firm = RadioField("Which organisation answers?", validators=[InputRequired("Choose who answers.")])
    lot = RadioField("Which lot do you answer?", validators=[InputRequired("Choose the lot you answer.")])


class SectionForm(PortalForm):
    """One section of the draft."""

    text = TextAreaField(
        "Your answer", validators=[Length(max=LONGEST_TEXT, message=f"Use at most {LONGEST_TEXT:,} characters.")]
    )
    version = VersionField()


class PriceForm(SectionForm):
    """The price, and what it covers."""

    price = MoneyField("Total price, including VAT", description="In pounds. Leave it empty if you have none yet.")

    def validate_price(self, field: Any) -> None:
        """Refuse what no contract of ours can be worth."""
        if field.data is not None and not 0 <= field.data <= MOST_PENCE:
            raise ValidationError("Enter a price below ten thousand million pounds.")


class FileForm(PortalForm):
    """A file to attach."""

    file = FileField("Attach a file")


class DeclareForm(PortalForm):
    """The declaration without which nothing is submitted. `once_key` makes a double click one submission."""

    declared = BooleanField(
        "I may answer for this organisation, what we say here is true as far as we know, and we have no conflict of "
        "interest that we have not told the authority about.",
        validators=[InputRequired("Tick the box to confirm the declaration.")],
    )
    once_key = HiddenField(validators=[Length(max=64)])


class WithdrawForm(PortalForm):
    """Why a response is taken back; nobody has to say."""

    reason = RadioField("Why do you withdraw? (optional)", validators=[Optional()])
    details = TextAreaField("Anything to add? (optional)", validators=[_LONG])
    help = BooleanField(
        "I want a support adviser to get in touch. They see our firm, my name and e-mail address, and the reason chosen"
        " above. The buyer is not told."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reason.choices = [(each.value, each.label) for each in WithdrawalReason]

    @property
    def chosen(self) -> WithdrawalReason | None:
        """The reason that was tapped."""
        return WithdrawalReason(self.reason.data) if self.reason.data else None

    @property
    def words(self) -> str:
        """The reason as it is kept with the response."""
        return ". ".join(each for each in (self.chosen.label if self.chosen else "", self.details.data or "") if each)


class PartnerForm(PortalForm):
    """A firm to answer together with."""

    organisation = StringField(
        "The partner's reference",
        description="Ten letters and digits. The firm finds it on its own organisation page.",
        validators=[InputRequired("Enter the partner's reference."), Length(max=20, message="Check the reference.")],
    )
    share = IntegerField(
        "The partner's share of the work, in whole per cent",
        validators=[
            InputRequired("Enter the share as a whole number, such as 30."),
            NumberRange(1, 99, message="Enter a share from 1 to 99."),
        ],
    )


class VerifyForm(PortalForm):
    """A receipt's code, pasted alone or with the mail or document around it."""

    code = TextAreaField(
        "Receipt code",
        description="You can paste the code alone, or the whole text of the receipt's mail or PDF.",
        validators=[
            InputRequired("Paste the code of the receipt."),
            Length(max=20_000, message="This is longer than a receipt. Paste the code alone."),
        ],
    )


class OpenForm(PortalForm):
    """A person's part in opening."""

    no_interest = BooleanField(
        "I have no personal, family or money interest in any firm that may have answered (no conflict of interest)."
    )


class OutreachForm(PortalForm):
    """Why enough was done to reach other firms."""

    note = TextAreaField(
        "Why was the outreach enough?",
        description="Where the challenge was advertised, for how long, and who was asked.",
        validators=[InputRequired("Say what was done to reach other firms."), _LONG],
    )


class EligibilityForm(PortalForm):
    """Whether a response may be assessed. Leaving a firm out takes its hearing."""

    eligible = RadioField(
        "May this response be assessed?",
        validators=[InputRequired("Choose yes or no.")],
    )
    reason = TextAreaField("Why is it not eligible?", validators=[Optional(), _LONG])
    firm_asked = TextAreaField("What was the firm asked, and when?", validators=[Optional(), _LONG])
    firm_said = TextAreaField("What did the firm say?", validators=[Optional(), _LONG])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.eligible.choices = [("yes", "Yes, it is eligible"), ("no", "No, it is not eligible")]

    def validate(self, extra_validators: Any = None) -> bool:
        """A no needs all three texts."""
        fine: bool = super().validate(extra_validators)
        if self.eligible.data == "no":
            for field, sentence in (
                (self.reason, "Give the reason: the firm is told it at the end."),
                (self.firm_asked, "Say what the firm was asked."),
                (self.firm_said, "Say what the firm answered. If it did not, say until when it could."),
            ):
                if not (field.data or "").strip():
                    field.errors = [*field.errors, sentence]
                    fine = False
        return fine

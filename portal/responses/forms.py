"""What people type about a response. Texts may be over their limits: a draft is kept, only submitting is refused."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.challenges.forms.fields import choices
from portal.responses.models import WithdrawalReason
from portal.responses.sections import LONGEST_TEXT
from portal.web.forms import GovDateTimeField, MoneyField, PortalForm, VersionField

LONGEST_REASON = 500
MOST_PENCE = 10**12
_ADDRESS_WRONG = "Enter an e-mail address such as name@example.org."
_SHORT = "Use at most 200 characters."
_LONG = Length(max=4_000, message="Use at most 4,000 characters.")


class StartForm(PortalForm):
    """For which firm, and for which lots; a field with one choice is left out of the page."""

    firm = RadioField("Which organisation answers?", validators=[InputRequired("Choose who answers.")])
    lot = SelectMultipleField("Which lots do you answer?", validators=[DataRequired("Choose at least one lot.")])


class SectionForm(PortalForm):
    """One section of the draft."""

    text = TextAreaField(
        "Your answer", validators=[Length(max=LONGEST_TEXT, message=f"Use at most {LONGEST_TEXT:,} characters.")]
    )
    confidential_reason = StringField(
        "Why are the marked passages confidential?",
        description="For example: a price that competitors could use, or a method you have not published.",
        validators=[Length(max=LONGEST_REASON, message="Use at most 500 characters.")],
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

    email = EmailField(
        "The partner's e-mail address",
        description="They need no account yet. Only somebody who reads mail at this address can accept.",
        validators=[
            InputRequired("Enter the partner's e-mail address."),
            Length(max=254, message=_ADDRESS_WRONG),
            Email(_ADDRESS_WRONG),
        ],
    )
    part = StringField(
        "What will the partner do?",
        description="For example: builds the sensors.",
        validators=[InputRequired("Say what the partner will do."), Length(max=200, message=_SHORT)],
    )
    share = IntegerField(
        "The partner's share of the work, in whole per cent",
        validators=[
            InputRequired("Enter the share as a whole number, such as 30."),
            NumberRange(1, 99, message="Enter a share from 1 to 99."),
        ],
    )


class OthersForm(PortalForm):
    """Who will work on it without standing behind the response."""

    version = VersionField()
    names = TextAreaField(
        "Firms and people you will pay to do a part (subcontractors)",
        description="Optional. One on each line. Assessors look at the names, so that nobody judges a friend's work.",
        validators=[Length(max=2_000, message="Use no more than 2,000 characters.")],
    )


class AcceptForm(PortalForm):
    """For which firm somebody accepts, and what it does in its own words."""

    firm = RadioField("Which organisation accepts?", validators=[InputRequired("Choose who accepts.")])
    part = StringField("What you will do", validators=[Length(max=200, message=_SHORT)])


class LeaveForm(PortalForm):
    """Why a partner leaves; nobody has to say."""

    reason = TextAreaField("Why do you leave? (optional)", validators=[_LONG])


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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.eligible.choices = [("yes", "Yes, it is eligible"), ("no", "No, it is not eligible")]

    def validate(self, extra_validators: Any = None) -> bool:
        """A no needs its reason."""
        fine: bool = super().validate(extra_validators)
        if self.eligible.data == "no" and not (self.reason.data or "").strip():
            self.reason.errors = [*self.reason.errors, "Give the reason: the firm is told it at the end."]
            return False
        return fine


class ClarifyForm(PortalForm):
    """What firms are asked, which firms, and until when they can answer."""

    firms = SelectMultipleField("Which firms do you ask?")
    text = TextAreaField("What do you ask?", validators=[DataRequired("Write what you ask."), _LONG])
    due = GovDateTimeField("Until when can they answer?", validators=[InputRequired("Say until when they can answer.")])

    def validate_firms(self, field: Any) -> None:
        """Somebody has to be asked."""
        if not field.data:
            raise ValidationError("Choose at least one firm.")


class HearForm(PortalForm):
    """What is in doubt about a firm's eligibility, and until when it can answer."""

    text = TextAreaField(
        "What is in doubt?",
        description="Name the rule and what you found. Ask what the firm says to it, and for evidence.",
        validators=[DataRequired("Say what is in doubt."), _LONG],
    )
    due = GovDateTimeField("Until when can it answer?", validators=[InputRequired("Say until when it can answer.")])


class ClarifiedForm(PortalForm):
    """A firm's answer. `unchanged` is asked of explanations of an offer, which may not become a better one."""

    text = TextAreaField("Your answer", validators=[DataRequired("Write your answer."), _LONG])
    unchanged = BooleanField(
        "This explains what we sent. It changes nothing in our offer.",
        validators=[InputRequired("Tick the box if it is true. An answer cannot improve the offer.")],
    )


class MoreTimeForm(PortalForm):
    """A later time for everybody who was asked together."""

    due = GovDateTimeField("New time", validators=[InputRequired("Say until when they can answer now.")])
    reason = TextAreaField("Why do they get more time?", validators=[DataRequired("Say why."), _LONG])


class JudgeForm(PortalForm):
    """Whether an answer explains the offer or would improve it."""

    counts = RadioField(
        "May assessors take the answer into account?",
        choices=choices([("yes", "Yes, it explains the offer"), ("no", "No, it would improve or change the offer")]),
        validators=[InputRequired("Choose yes or no.")],
    )
    reason = TextAreaField("Why not?", description="The firm reads it.", validators=[_LONG])

    def validate_reason(self, field: Any) -> None:
        """A no needs its reason."""
        if self.counts.data == "no" and not (field.data or "").strip():
            raise ValidationError("Say why, so that the firm understands.")

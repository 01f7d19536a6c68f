"""What firms and advisers say."""

from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, Optional

from portal.network.hands_on.models import SupportOffer
from portal.responses.models import WithdrawalReason
from portal.web.forms import PortalForm, VersionField, one_line

_LONG = Length(max=2000, message="Use at most 2,000 characters.")


def _line(label: str, missing: str, most: int, description: str = "") -> StringField:
    longest = Length(max=most, message=f"Use at most {most} characters.")
    return StringField(label, [DataRequired(missing), longest], filters=[one_line], description=description)


class AgreeForm(PortalForm):
    """One tap, and a second one if the firm likes."""

    reason = RadioField(
        "What is in the way? (optional)",
        choices=[SelectChoice(each.value, each.label) for each in WithdrawalReason],
        validators=[Optional()],
        description="Only the adviser reads this.",
    )


class OfferedForm(PortalForm):
    """What was offered to a firm."""

    offer = SelectField("From the directory", validators=[Optional()], coerce=str)
    words = TextAreaField("In your own words (optional)", validators=[_LONG])

    def between(self, offers: list[SupportOffer]) -> "OfferedForm":
        """With the directory to choose from."""
        named = [SelectChoice(str(each.id), f"{each.name} ({each.organisation.name})") for each in offers]
        self.offer.choices = [SelectChoice("", "Nothing from the directory"), *named]
        return self

    def validate_words(self, field: TextAreaField) -> None:
        """Something was offered."""
        if not field.data and not self.offer.data:
            raise ValidationError("Choose something from the directory, or say what you offered.")


class OfferForm(PortalForm):
    """One kind of help."""

    name = _line("What is it called?", "Say what it is called.", 160)
    what = TextAreaField(
        "What does a firm get?",
        validators=[DataRequired("Say what a firm gets."), _LONG],
        description="In plain words. For example: two hours with somebody who has written tenders.",
    )
    who_for = _line("Who is it for?", "Say who it is for.", 300, "For example, firms of up to ten people in the city.")
    cost = _line("What does it cost?", "Say what it costs.", 160, "Say “free” where it is.")
    contact = _line("How does a firm ask for it?", "Say how a firm asks for it.", 254, "An e-mail address or a number.")


class TakeOffForm(PortalForm):
    """Out of the directory."""

    version = VersionField()

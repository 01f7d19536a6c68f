"""What is typed about something new, and in answer to it."""

from datetime import timedelta

from wtforms import BooleanField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from portal.db import clock
from portal.law.calendar import london_date
from portal.network.opportunities.models import CardKind
from portal.web.forms import GovDateField, PortalForm, one_line

LONGEST = timedelta(days=92)
_LONG = Length(max=1000, message="Use at most 1,000 characters.")


class CardForm(PortalForm):
    """A card."""

    kind = RadioField(
        "What is new?",
        choices=[SelectChoice(each.value, each.title) for each in CardKind],
        validators=[InputRequired("Say what is new.")],
    )
    title = StringField(
        "Name of the firm or product",
        validators=[DataRequired("Enter the name."), Length(max=120, message="Use at most 120 characters.")],
        filters=[one_line],
    )
    what = TextAreaField("What is it, and how far is it?", validators=[DataRequired("Say what it is."), _LONG])
    good = TextAreaField(
        "What good would it do here?",
        validators=[DataRequired("Say what good it would do."), _LONG],
        description="Who would be better off, and how you know.",
    )
    sponsor = StringField(
        "Who speaks for it?",
        validators=[DataRequired("Name a sponsor."), Length(max=120, message="Use at most 120 characters.")],
        filters=[one_line],
        description="Somebody of your body who has met them and whom the others may ask.",
    )
    last_day = GovDateField(
        "Until when?",
        [InputRequired("Enter the last day.")],
        description="The card is gone after this day, three months ahead at most.",
    )
    agreed = BooleanField(
        "They agree to be shown to the bodies of the network",
        validators=[InputRequired("Ask them first, then confirm that they agree.")],
    )

    def validate_last_day(self, field: GovDateField) -> None:
        """Ahead, and not for ever."""
        today = london_date(clock.now())
        if field.data and not today <= field.data <= today + LONGEST:
            raise ValidationError("Enter a day from today on, three months ahead at most.")


class AnswerForm(PortalForm):
    """Would nurture, or not now."""

    nurtures = RadioField(
        "Would you nurture it?",
        choices=[SelectChoice("yes", "Yes, we would nurture it"), SelectChoice("no", "Not now")],
        validators=[InputRequired("Choose an answer.")],
    )
    reason = TextAreaField(
        "What you can offer, or why not now",
        validators=[_LONG],
        description="If you decline, say why: that is what they learn from.",
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """Who declines says why."""
        if self.nurtures.data == "no" and not field.data:
            raise ValidationError("Say why not now. One sentence will do.")

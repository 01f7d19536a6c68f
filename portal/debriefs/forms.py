"""What is typed about a debrief."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.db import clock
from portal.web.forms import GovDateTimeField, PortalForm

LONGEST = 4_000
_LONG = Length(max=LONGEST, message="Use 4,000 characters or fewer.")


class AskForm(PortalForm):
    """What a firm wants to know, and how it would like to hear it."""

    wants = TextAreaField("What do you want to know?", validators=[DataRequired("Say what you want to know."), _LONG])
    prefers = TextAreaField(
        "How and when can we talk?",
        validators=[Length(max=1_000, message="Use 1,000 characters or fewer.")],
        description="For example, by telephone, Tuesdays before noon; or in writing. You need not say.",
    )


class ArrangeForm(PortalForm):
    """When and where it takes place."""

    takes_place_at = GovDateTimeField(
        "When does it take place?",
        [InputRequired("Enter the day and time.")],
        description="For example, 8 12 2026 at 2:15pm",
    )
    place = StringField(
        "Where, or how?",
        [
            DataRequired("Say where it takes place, or how the firm joins."),
            Length(max=400, message="Use 400 characters or fewer."),
        ],
        description="An address, a link to a video call, or who calls whom.",
    )

    def validate_takes_place_at(self, field: GovDateTimeField) -> None:
        """It is ahead."""
        if field.data and field.data <= clock.now():
            raise ValidationError("This time has passed. Enter one that is still to come.")


class AnswerForm(PortalForm):
    """The answer in writing."""

    text = TextAreaField("Your answer", validators=[DataRequired("Write the answer."), _LONG])


class HeldForm(PortalForm):
    """What was agreed when it took place."""

    note = TextAreaField(
        "What was said, in short",
        validators=[_LONG],
        description="The firm reads this too, and we mail it a link. You need not fill it in.",
    )

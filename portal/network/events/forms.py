"""What is typed to invite and to offer times."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from portal.db import clock
from portal.network.events.models import MOST_TIMES
from portal.web.forms import GovDateTimeField, PortalForm, WholeNumberField, one_line


class InviteForm(PortalForm):
    """When and where firms meet buyers."""

    title = StringField(
        "What is it called?",
        validators=[DataRequired("Give it a title."), Length(max=160, message="Use at most 160 characters.")],
        filters=[one_line],
        description="For example, Meet the buyers of small works.",
    )
    about = TextAreaField(
        "Whom is it for? (optional)", validators=[Length(max=2000, message="Use at most 2,000 characters.")]
    )
    starts_at = GovDateTimeField("When does it begin?", [InputRequired("Enter the day and time.")])
    place = StringField(
        "Where, or how do firms join?",
        validators=[DataRequired("Say where it is."), Length(max=400, message="Use at most 400 characters.")],
        filters=[one_line],
    )

    def validate_starts_at(self, field: GovDateTimeField) -> None:
        """It is ahead."""
        if field.data and field.data <= clock.now():
            raise ValidationError("This time has passed. Enter one that is still to come.")


class OfferForm(PortalForm):
    """A buyer's times, one after the other."""

    buyer = StringField(
        "Who meets the firms?",
        validators=[DataRequired("Say who meets the firms."), Length(max=120, message="Use at most 120 characters.")],
        filters=[one_line],
        description="A name, and what they buy. For example, Ann Bell, small works.",
    )
    minutes = WholeNumberField(
        "Minutes for each firm",
        default=15,
        validators=[InputRequired("Enter the minutes."), NumberRange(5, 120, "Enter a number from 5 to 120.")],
    )
    count = WholeNumberField(
        "How many firms, one after the other",
        default=8,
        validators=[
            InputRequired("Enter how many."),
            NumberRange(1, MOST_TIMES, f"Enter a number from 1 to {MOST_TIMES}."),
        ],
    )

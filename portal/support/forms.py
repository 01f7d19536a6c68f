"""The forms of support."""

from datetime import date, datetime

from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import URL, DataRequired, InputRequired, Length, NumberRange, Optional

from portal.db import clock
from portal.law.calendar import london_date
from portal.support.ledger import hours
from portal.support.models import MilestoneBy, ResourceKind
from portal.support.pathway import NOTICE
from portal.web.forms import GovDateField, GovDateTimeField, PortalForm, VersionField

_LONG = Length(max=5000, message="Write no more than 5,000 characters.")
_SHORT = Length(max=2000, message="Write no more than 2,000 characters.")
LENGTHS = (30, 45, 60, 90, 120, 180, 240, 480)
"""How long, in minutes, a time on offer can be."""


def _not_ahead(_form: PortalForm, field: GovDateField) -> None:
    if isinstance(field.data, date) and field.data > london_date(clock.now()):
        raise ValidationError("This day has not come yet. Enter today or an earlier day.")


def _sensible(_form: PortalForm, field: GovDateField) -> None:
    if isinstance(field.data, date) and abs((field.data - london_date(clock.now())).days) > 1100:
        raise ValidationError("That is more than three years away. Check the year.")


def _sensible_moment(_form: PortalForm, field: GovDateTimeField) -> None:
    if isinstance(field.data, datetime) and abs((field.data - clock.now()).days) > 1100:
        raise ValidationError("That is more than three years away. Check the year.")


class PlanForm(PortalForm):
    """What the firm needs, who helps, and the next step."""

    version = VersionField()
    adviser = SelectField("Adviser", coerce=int, validate_choice=True)
    needs = TextAreaField("What the firm needs before it can show", validators=[_LONG])
    next_step = StringField(
        "Next step", validators=[Length(max=200, message="Write the next step in 200 characters or fewer.")]
    )
    next_step_on = GovDateField("When", validators=[Optional(), _sensible])


class SessionForm(PortalForm):
    """A session that took place."""

    held_on = GovDateField("Day", validators=[InputRequired("Enter the day of the session."), _not_ahead, _sensible])
    hours = DecimalField(
        "Hours",
        places=2,
        description="For example 1.5",
        validators=[
            InputRequired("Enter how many hours the session took, such as 1.5."),
            NumberRange(0.1, 24, "Enter a number of hours from 0.1 to 24."),
        ],
    )
    with_whom = StringField(
        "With whom",
        validators=[
            DataRequired("Say who took part."),
            Length(max=200, message="Say who took part in 200 characters or fewer."),
        ],
    )
    notes = TextAreaField(
        "What the firm takes away",
        description="The firm and the challenge team can read this.",
        validators=[DataRequired("Write what the firm takes away."), _LONG],
    )


class ToldForm(PortalForm):
    """Something the challenge team told this firm."""

    told_on = GovDateField("Day", validators=[InputRequired("Enter the day."), _not_ahead, _sensible])
    text = TextAreaField(
        "What the firm was told",
        description="A fact about the need, its data or its users that other firms do not know yet.",
        validators=[DataRequired("Write what the firm was told."), _LONG],
    )


class TellAllForm(PortalForm):
    """The words in which every firm is told."""

    version = VersionField()
    public_text = TextAreaField(
        "What all firms are told",
        description="Leave out everything that would give this firm's idea away.",
        validators=[DataRequired("Write what all firms are told."), _LONG],
    )


class ReasonForm(PortalForm):
    """Why a firm's part ends."""

    reason = TextAreaField("Why", validators=[DataRequired("Say why."), _LONG])


class NoteForm(PortalForm):
    """A short note to the firm."""

    text = TextAreaField(
        "Write to the firm",
        description="The firm is told by e-mail that there is a note, and reads it here.",
        validators=[DataRequired("Write your note."), _SHORT],
    )


class OwnNoteForm(PortalForm):
    """A short note from the firm, which may ask for help."""

    text = TextAreaField(
        "Write to your adviser",
        description="Your adviser is told by e-mail that there is a note. The challenge team reads it too.",
        validators=[DataRequired("Write your note."), _SHORT],
    )
    help = BooleanField("We need help with this")


class MilestoneForm(PortalForm):
    """Something to be done by a day."""

    title = StringField(
        "What has to be done",
        validators=[DataRequired("Say what has to be done."), Length(max=200, message="Say it in 200 characters.")],
    )
    due_on = GovDateField("By", validators=[InputRequired("Enter the day."), _sensible])
    by = SelectField("Who does it", choices=[SelectChoice(each.value, each.label) for each in MilestoneBy])


class FactForm(PortalForm):
    """A fact for every firm at once."""

    text = TextAreaField(
        "A fact for all firms",
        description="A fact about the need, its data or its users. Nothing about any one firm's idea.",
        validators=[DataRequired("Write what all firms are told."), _LONG],
    )


class WriteUpForm(PortalForm):
    """What came of a booked session."""

    notes = TextAreaField(
        "What the firm takes away",
        description="The firm and the challenge team can read this.",
        validators=[DataRequired("Write what the firm takes away."), _LONG],
    )


def _notice(_form: PortalForm, field: GovDateTimeField) -> None:
    if isinstance(field.data, datetime) and field.data != field.object_data and field.data < clock.now() + NOTICE:
        raise ValidationError("Enter a time at least 24 hours from now, so that every firm has a chance to book.")


class PlaceForm(PortalForm):
    """When and where a time on offer is."""

    starts_at = GovDateTimeField(
        "It begins",
        description="For example 27 3 2027 at 10am. Times are London's.",
        validators=[InputRequired("Enter the day and the time."), _sensible_moment, _notice],
    )
    place = StringField("Place", validators=[Length(max=200, message="Write the place in 200 characters or fewer.")])
    link = StringField(
        "Link for a call",
        validators=[
            Length(max=500, message="The link is too long."),
            Optional(),
            URL(message="Enter a link that begins with https://."),
        ],
    )


class OfferForm(PlaceForm):
    """Times put on offer."""

    whose = SelectField("Whose time, or which room or equipment", validate_choice=True)
    minutes = SelectField("How long", coerce=int, choices=[SelectChoice(each, hours(each)) for each in LENGTHS])
    count = SelectField(
        "How many, one after the other", coerce=int, choices=[SelectChoice(each, str(each)) for each in range(1, 9)]
    )
    plan = SelectField("For which firm", coerce=int)


class MoveForm(PlaceForm):
    """A time on offer at another moment or place. A time that is not changed may be near."""

    version = VersionField()
    seen = VersionField()


class CallOffForm(PortalForm):
    """A time is taken off; `seen` is the booking that was shown with the button."""

    seen = VersionField()


class BookForm(PortalForm):
    """Which of the free times."""

    slot = RadioField(
        "Free times",
        coerce=int,
        validators=[DataRequired("Choose a time."), NumberRange(1, 2**31 - 1, "Choose a time.")],
        validate_choice=False,
    )
    instead = VersionField()


class ResourceForm(PortalForm):
    """A room or a piece of equipment that can be booked."""

    body = SelectField("Whose it is", coerce=int)
    kind = SelectField(
        "What it is", choices=[SelectChoice(each.value, each.value.capitalize()) for each in ResourceKind]
    )
    name = StringField(
        "Name",
        validators=[DataRequired("Give it a name."), Length(max=120, message="Name it in 120 characters or fewer.")],
    )
    place = StringField("Where it is", validators=[Length(max=200, message="Write it in 200 characters or fewer.")])


class TakeHelpForm(PortalForm):
    """Which firm's request for help an adviser takes on."""

    request = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)])

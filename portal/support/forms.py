"""The forms of support."""

from datetime import date

from wtforms import DecimalField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.db import clock
from portal.law.calendar import london_date
from portal.web.forms import GovDateField, PortalForm, VersionField

_LONG = Length(max=5000, message="Write no more than 5,000 characters.")


def _not_ahead(_form: PortalForm, field: GovDateField) -> None:
    if isinstance(field.data, date) and field.data > london_date(clock.now()):
        raise ValidationError("This day has not come yet. Enter today or an earlier day.")


def _sensible(_form: PortalForm, field: GovDateField) -> None:
    if isinstance(field.data, date) and abs((field.data - london_date(clock.now())).days) > 1100:
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


class HelpForm(PortalForm):
    """What a firm asks help with."""

    text = TextAreaField(
        "What do you need help with?", validators=[DataRequired("Say what you need help with."), _LONG]
    )


class TakeHelpForm(PortalForm):
    """Which firm's request for help an adviser takes on."""

    request = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)])

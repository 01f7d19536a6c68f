"""What is typed about what happened, and about what is settled after an end."""

from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.db import clock
from portal.law.calendar import london_date
from portal.partnerships.pathway import EventKind
from portal.partnerships.plans import Happening
from portal.web.forms import GovDateField, GovDateTimeField, PortalForm

_LONG = Length(max=4_000, message="Use 4,000 characters or fewer.")


class EventForm(PortalForm):
    """What happened, how one knows, and by when the firm can say what it thinks."""

    kind = RadioField(
        "What happened?",
        [InputRequired("Say what happened.")],
        choices=[SelectChoice(each.value, each.title) for each in EventKind],
    )
    happened_on = GovDateField("When?", [InputRequired("Enter the day it happened.")])
    what = TextAreaField(
        "What exactly?", [DataRequired("Say what exactly happened."), _LONG], description="The firm reads this."
    )
    evidence = TextAreaField(
        "How do you know?",
        [DataRequired("Say how you know."), _LONG],
        description="Name the notice, letter or register entry, and its date. The firm reads this too.",
    )
    hear_by = GovDateTimeField(
        "Until when can the firm say what it thinks?",
        [InputRequired("Enter the day and time.")],
        description="Give it a fair chance: the Act says “reasonable” and names no number of days.",
    )

    def validate_happened_on(self, field: Field) -> None:
        """It has happened."""
        if field.data and field.data > london_date(clock.now()):
            raise ValidationError("The day it happened cannot be in the future.")

    def validate_hear_by(self, field: Field) -> None:
        """It is still to come."""
        if field.data and field.data <= clock.now():
            raise ValidationError("This time has passed. Enter one that is still to come.")

    @property
    def happening(self) -> Happening:
        """What was typed, as the service takes it."""
        return Happening(
            EventKind(self.kind.data),
            self.happened_on.data,
            str(self.what.data),
            str(self.evidence.data),
            self.hear_by.data,
        )


class ViewForm(PortalForm):
    """What the firm thinks."""

    view = TextAreaField("What do you think?", [DataRequired("Say what you think."), _LONG])


class DecideEventForm(PortalForm):
    """Whether the work goes on."""

    decision = RadioField(
        "What do you decide?",
        [InputRequired("Say what you decide.")],
        choices=[SelectChoice("go_on", "Go on with the work"), SelectChoice("suspend", "Suspend the work")],
    )
    reason = TextAreaField("Why?", [DataRequired("Say why."), _LONG], description="The firm reads this.")


class SettleMatterForm(PortalForm):
    """How a matter was settled."""

    how = TextAreaField("How was it settled?", [DataRequired("Say how it was settled."), _LONG])

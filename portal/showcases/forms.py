"""The forms of a showcase."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from portal.challenges.models import Criterion
from portal.db import clock
from portal.law.money import Vat
from portal.showcases.given import CostLine, Mark, Showing
from portal.showcases.models import Appearance, PanelScore
from portal.web.forms import GovDateTimeField, MoneyField, PortalForm, VersionField, parse_time

_LONG = Length(max=5000, message="Write no more than 5,000 characters.")
_FURTHEST = timedelta(days=800)


def _count(most: int, things: str) -> Callable[[Any, Any], None]:
    """From none to `most`; an empty box is none."""

    def check(_form: Any, field: IntegerField) -> None:
        if field.data is None and field.raw_data and field.raw_data[0].strip():
            raise StopValidation(f"Enter the number of {things}, such as 2.")
        if not 0 <= (field.data or 0) <= most:
            raise StopValidation(f"Enter from 0 to {most} {things}.")

    return check


class EventForm(PortalForm):
    """When and where firms show what they made."""

    version = VersionField()
    at = GovDateTimeField("Date and start", validators=[InputRequired("Enter the date and the time of the showcase.")])
    place = StringField("Place", validators=[Length(max=200, message="Write the place in 200 characters or fewer.")])
    link = StringField(
        "Link to join online",
        description="It starts with https://",
        validators=[Length(max=400, message="The link is longer than 400 characters.")],
    )
    minutes_each = IntegerField(
        "Minutes for each firm",
        default=20,
        validators=[
            InputRequired("Enter how many minutes each firm has, such as 20."),
            NumberRange(5, 240, "Enter from 5 to 240 minutes."),
        ],
    )
    notes = TextAreaField(
        "Room and access",
        description="How many people it holds, step-free access, hearing loop, what firms can plug in.",
        validators=[_LONG],
    )

    def validate_at(self, field: GovDateTimeField) -> None:
        """A year mistyped is noticed."""
        if isinstance(field.data, datetime) and abs(field.data - clock.now()) > _FURTHEST:
            raise ValidationError("That is more than two years away. Check the year.")

    def validate_place(self, field: StringField) -> None:
        """Somewhere, at least online."""
        if not field.data and not self.link.data:
            raise ValidationError("Enter a place, or a link to join online.")

    def validate_link(self, field: StringField) -> None:
        """Only a web address that is safe to follow."""
        if field.data and not _is_web_address(field.data):
            raise ValidationError("Enter a full web address that starts with https://")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(each.isspace() for each in text)


class EmailForm(PortalForm):
    """One e-mail address: a panel member's or a guest's."""

    email = StringField(
        "E-mail address",
        validators=[
            DataRequired("Enter an e-mail address."),
            Email("Enter an e-mail address such as name@example.com."),
            Length(max=254, message="The address is longer than 254 characters."),
        ],
    )


class NoGuestsForm(PortalForm):
    """Why nobody from outside is asked."""

    note = TextAreaField(
        "Why no guests are invited", validators=[DataRequired("Say why no guests are invited."), _LONG]
    )


class CancelForm(PortalForm):
    """Why the event is cancelled."""

    reason = TextAreaField("Why", validators=[DataRequired("Say why the event is cancelled."), _LONG])


class AppearanceForm(PortalForm):
    """What a firm shows, and what it needs for that."""

    version = VersionField()
    shows = TextAreaField("What will be shown", validators=[DataRequired("Say what will be shown."), _LONG])
    setup_minutes = IntegerField(
        "Minutes to set up",
        description="Before your turn, in the room.",
        default=0,
        validators=[
            InputRequired("Enter how many minutes you need to set up, or 0."),
            NumberRange(0, 120, "Enter from 0 to 120 minutes."),
        ],
    )
    sockets = IntegerField("Power sockets", default=0, validators=[_count(50, "power sockets")])
    screens = IntegerField("Screens or projectors", default=0, validators=[_count(20, "screens")])
    network = BooleanField("We need the internet in the room")
    needs = TextAreaField(
        "Anything else you need",
        description="A table, somebody to try it with, an interpreter.",
        validators=[_LONG],
    )

    @property
    def showing(self) -> Showing:
        """What was filled in."""
        return Showing(
            shows=self.shows.data or "",
            needs=self.needs.data or "",
            setup_minutes=self.setup_minutes.data or 0,
            sockets=self.sockets.data or 0,
            screens=self.screens.data or 0,
            network=bool(self.network.data),
        )


class AwayForm(PortalForm):
    """When a firm cannot show on the day."""

    starts = StringField("From", description="For example 10am", validators=[DataRequired("Enter from when.")])
    ends = StringField("Until", description="For example 11:30am", validators=[DataRequired("Enter until when.")])

    def validate_starts(self, field: StringField) -> None:
        """A time of the day."""
        try:
            parse_time(field.data or "")
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    def validate_ends(self, field: StringField) -> None:
        """A time of the day, after the first."""
        self.validate_starts(field)
        if not self.starts.errors and parse_time(self.starts.data or "") >= parse_time(field.data or ""):
            raise ValidationError("Enter a time after the first one.")

    @property
    def times(self) -> tuple[time, time]:
        """From and until."""
        return parse_time(self.starts.data or ""), parse_time(self.ends.data or "")


class OrderForm(PortalForm):
    """Why the organiser puts the firms into another order; their numbers stand beside it."""

    version = VersionField()
    reason = StringField(
        "Why you change the order",
        description="Every firm's place was drawn by lot; the reason is kept with the order.",
        validators=[DataRequired("Say why you change the order."), Length(max=500, message="Use 500 characters.")],
    )


class DrawForm(PortalForm):
    """A draw; when an order stands already, why it is drawn again."""

    version = VersionField()
    reason = StringField("Why it is drawn again", validators=[Length(max=500, message="Use 500 characters.")])


class PressForm(PortalForm):
    """A button with nothing beside it."""


class SwapForm(PortalForm):
    """Whose turn a firm asks for, named by its time."""

    turn = SelectField("Which turn would you like instead?", coerce=int, validators=[InputRequired("Choose a turn.")])


class CostForm(PortalForm):
    """A part of what deploying the prototype costs."""

    what = StringField(
        "What it is for",
        description="For example sensors, set-up, hosting, training",
        validators=[
            DataRequired("Say what this cost is for."),
            Length(max=160, message="Say what it is for in 160 characters or fewer."),
        ],
    )
    one_off = MoneyField("Once", description="0 if it costs nothing to begin")
    yearly = MoneyField("Each year", description="0 if it costs nothing to keep")
    years = IntegerField(
        "For how many years",
        default=3,
        validators=[InputRequired("Enter a number of years."), NumberRange(1, 20, "Enter from 1 to 20 years.")],
    )
    vat = RadioField(
        "These amounts are",
        choices=[SelectChoice(basis.value, basis.title) for basis in Vat],
        default=Vat.EXCLUSIVE.value,
    )
    assumptions = TextAreaField(
        "What the figures assume",
        description="How many homes, users or sites; what the authority provides itself.",
        validators=[DataRequired("Say what the figures assume."), _LONG],
    )

    def validate_one_off(self, field: MoneyField) -> None:
        """An amount is given, be it nothing."""
        if field.data is None:
            raise ValidationError("Enter an amount, or 0.")

    validate_yearly = validate_one_off

    @property
    def line(self) -> CostLine:
        """What was filled in."""
        return CostLine(
            what=self.what.data or "",
            one_off_pence=self.one_off.data,
            yearly_pence=self.yearly.data,
            years=self.years.data or 1,
            vat=Vat(self.vat.data),
            assumptions=self.assumptions.data or "",
        )


class DeclareForm(PortalForm):
    """Whether a panel member has an interest in any of the firms."""

    conflicted = RadioField(
        "Do you, or somebody close to you, have an interest in any of these firms?",
        choices=[SelectChoice("no", "No"), SelectChoice("yes", "Yes, or I am not sure")],
        validators=[InputRequired("Say whether you have an interest in any of these firms.")],
    )
    detail = TextAreaField("If yes, what it is", validators=[_LONG])

    def validate_detail(self, field: TextAreaField) -> None:
        """An interest is named."""
        if self.conflicted.data == "yes" and not field.data:
            raise ValidationError("Say what the interest is.")


class LockForm(PortalForm):
    """The version of the scores that are locked."""

    version = VersionField()


class ScoreForm(PortalForm):
    """One prototype's scores: for each criterion a number and why."""

    version = VersionField()

    @classmethod
    def of(
        cls, criteria: Sequence[Criterion], kept: Mapping[int, PanelScore], version: int, *, place: str = ""
    ) -> "ScoreForm":
        """The form for these criteria, filled with what was scored before; `place` tells apart the ids of many."""
        fields: dict[str, Any] = {}
        for criterion in criteria:
            choices = [SelectChoice(str(score), str(score)) for score in range(criterion.max_score + 1)]
            known = kept.get(criterion.id)
            fields[f"score{criterion.id}"] = RadioField(
                criterion.name,
                id=f"{place}score{criterion.id}",
                choices=choices,
                validate_choice=False,
                default=str(known.score) if known else None,
                validators=[Optional()],
            )
            fields[f"comment{criterion.id}"] = TextAreaField(
                "Why", id=f"{place}comment{criterion.id}", default=known.comment if known else "", validators=[_LONG]
            )
        made: ScoreForm = type("PrototypeScoreForm", (cls,), fields)(version=version)
        made.criteria = criteria
        return made

    criteria: Sequence[Criterion] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """A reason needs a score beside it, and a score is one of those offered."""
        good: bool = super().validate(extra_validators)
        for criterion in self.criteria:
            score, comment = self[f"score{criterion.id}"], self[f"comment{criterion.id}"]
            if score.data and score.data not in {choice.value for choice in score.choices}:
                score.errors = [*score.errors, "Choose one of the scores."]
                good = False
            if comment.data and not score.data:
                score.errors = [*score.errors, f"Choose a score for {criterion.name} as well."]
                good = False
        return good

    @property
    def marks(self) -> list[Mark]:
        """What was filled in."""
        return [
            Mark(
                criterion.id,
                int(self[f"score{criterion.id}"].data) if self[f"score{criterion.id}"].data else None,
                self[f"comment{criterion.id}"].data or "",
            )
            for criterion in self.criteria
        ]


class FeedbackForm(PortalForm):
    """What a guest says of one prototype."""

    text = TextAreaField("What did you think?", validators=[_LONG])
    wants_to_talk = BooleanField("I want to talk to this firm, and it may have my name and e-mail address")

    def validate_text(self, field: TextAreaField) -> None:
        """Something is said."""
        if not field.data and not self.wants_to_talk.data:
            raise ValidationError("Write what you thought, or say that you want to talk.")


class ChoiceForm(PortalForm):
    """Which firms go on, and why."""

    seen = VersionField()

    @classmethod
    def of(cls, appearances: Sequence[Appearance], reasons: Mapping[int, str], seen: str) -> "ChoiceForm":
        """The form for these firms, filled with what was chosen before."""
        fields: dict[str, Any] = {
            "firms": SelectMultipleField(
                "Which firms go on to the business case?",
                choices=[SelectChoice(str(each.response_id), each.response.organisation.name) for each in appearances],
                default=[str(each) for each in reasons],
                widget=ListWidget(prefix_label=False),
                option_widget=CheckboxInput(),
                validators=[InputRequired("Choose at least one firm.")],
            )
        }
        for each in appearances:
            fields[f"reason{each.response_id}"] = TextAreaField(
                f"Why {each.response.organisation.name}", default=reasons.get(each.response_id, ""), validators=[_LONG]
            )
        made: ChoiceForm = type("SolutionChoiceForm", (cls,), fields)(seen=seen)
        return made

    @property
    def reasons(self) -> dict[int, str]:
        """The chosen responses with why."""
        return {int(each): self[f"reason{each}"].data or "" for each in self["firms"].data or ()}

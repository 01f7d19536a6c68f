"""What is typed about deployment, benefits, lessons and origins."""

from collections.abc import Sequence
from typing import Any, Self

from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.db import clock
from portal.law.calendar import london_date
from portal.partnerships.models import Partnership
from portal.partnerships.plans import Seen
from portal.partnerships.thread import Origin, PromisedOutcome
from portal.web.forms import GovDateField, MoneyField, PortalForm

_LONG = Length(max=4_000, message="Use 4,000 characters or fewer.")


def _happened(field: Field) -> None:
    if field.data and field.data > london_date(clock.now()):
        raise ValidationError("The day cannot be in the future.")


class _BenefitForm(PortalForm):
    """What both sides say of a benefit; which of the promised outcomes it is about is chosen from those offered."""

    outcome = SelectField("Which promised outcome is it about?", default="")
    seen_on = GovDateField("When?", [InputRequired("Enter the day.")])
    evidence = TextAreaField("How can one tell?", [DataRequired("Say how one can tell."), _LONG])

    def offer(self, outcomes: Sequence[PromisedOutcome]) -> Self:
        """Offer the outcomes that were promised; answers the form."""
        named = [SelectChoice(str(each.criterion_id), each.name) for each in outcomes]
        self.outcome.choices = [SelectChoice("", "None of them"), *named]
        return self

    def validate_seen_on(self, field: Field) -> None:
        """It has happened."""
        _happened(field)

    @property
    def outcome_id(self) -> int | None:
        """The criterion of the outcome that was chosen, if one was."""
        return int(self.outcome.data) if self.outcome.data else None


_SHORT = Length(max=400, message="Use 400 characters or fewer.")


class SeenForm(_BenefitForm):
    """A benefit that the authority saw."""

    what = StringField("What was seen?", [DataRequired("Say what was seen."), _SHORT])
    money = MoneyField(
        "What is it worth?",
        [Optional()],
        description="Leave this empty where it has no price. The firm does not see the sum.",
    )
    shown_to_firm = BooleanField(
        "Show this to the firm",
        default=True,
        description="It reads what was seen, when, and how one can tell.",
    )

    @property
    def seen(self) -> Seen:
        """What was typed, as the service takes it."""
        said = str(self.what.data), str(self.evidence.data)
        return Seen(self.seen_on.data, *said, self.money.data, self.outcome_id, bool(self.shown_to_firm.data))


class ReportForm(_BenefitForm):
    """What a firm did, or what changed, as the firm reports it."""

    what = StringField(
        "What did you do, or what changed?",
        [DataRequired("Say what you did, or what changed."), _SHORT],
        description="For example: two people from the neighbourhood finished their first year as repair technicians.",
    )

    @property
    def seen(self) -> Seen:
        """What was typed, as the service takes it."""
        return Seen(self.seen_on.data, str(self.what.data), str(self.evidence.data), criterion_id=self.outcome_id)


class NotConfirmedForm(PortalForm):
    """Why what a firm reported cannot be confirmed."""

    reason = TextAreaField(
        "Why can you not confirm it?",
        [DataRequired("Say why you cannot confirm it."), _LONG],
        description="The firm reads this. Say what would let you confirm it.",
    )


class DeployedForm(PortalForm):
    """Since when and where the finished thing is in use."""

    deployed_on = GovDateField("Since when is it in use?", [InputRequired("Enter the day.")])
    where = TextAreaField("Where, and for whom?", [DataRequired("Say where it is in use, and for whom."), _LONG])

    def validate_deployed_on(self, field: Field) -> None:
        """It has happened."""
        _happened(field)


class LessonsForm(PortalForm):
    """What the next partnership should know."""

    lessons = TextAreaField("What should the next partnership know?", [DataRequired("Write down a lesson."), _LONG])


def origins_form(contract: Partnership, origins: dict[str, Origin]) -> Any:
    """The form that says of each target what it came from."""
    choices = [SelectChoice("", "Not said"), *(SelectChoice(each.key, each.title) for each in origins.values())]
    fields: dict[str, Any] = {
        f"origin_{target.id}": SelectField(
            f"Phase {phase.number}: {target.text}",
            choices=choices,
            default=target.origin if target.origin in origins else "",
        )
        for phase in contract.phases
        for target in phase.targets
    }
    return type("OriginsForm", (PortalForm,), fields)()

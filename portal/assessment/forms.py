"""What people fill in when they assess."""

from typing import Any

from wtforms import BooleanField, EmailField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from portal.assessment.models import Decision, Outcome
from portal.assessment.queries import Candidate
from portal.challenges.models import Criterion
from portal.web.forms import PortalForm, VersionField

_LONG = 4_000


def _whole(text: Any) -> int | None:
    return int(text) if isinstance(text, int) or (isinstance(text, str) and text.isascii() and text.isdigit()) else None


class ReasonForm(PortalForm):
    """A reason, and nothing else."""

    reason = TextAreaField(validators=[InputRequired("Say why."), Length(max=_LONG, message="Use 4,000 characters.")])


class AddAssessorForm(PortalForm):
    """Somebody of the authority for the panel."""

    person = SelectField("Person", coerce=_whole, validate_choice=False)

    def offer(self, candidates: list[Candidate]) -> None:
        """Offer those whom nothing keeps out."""
        able = [(each.person.id, f"{each.person.name}, {each.body}") for each in candidates if not each.barred]
        self.person.choices = [("", "Choose somebody"), *able]

    def validate_person(self, field: Any) -> None:
        """Only who is offered can be added."""
        if field.data not in {value for value, _ in field.choices if value}:
            raise ValueError("Choose somebody from the list.")


class InviteAssessorForm(PortalForm):
    """Somebody who may not have an account yet."""

    email = EmailField(
        "E-mail address",
        validators=[InputRequired("Enter an e-mail address."), Email("Enter an e-mail address like name@example.org.")],
        description="They can be from anywhere but a firm that responded.",
    )


class AllocationForm(PortalForm):
    """How many assessors read each response."""

    how = RadioField(
        "Who reads each response",
        choices=[("all", "Everybody on the panel"), ("some", "Some of the panel, shared out evenly")],
        default="all",
        validators=[InputRequired("Choose who reads each response.")],
    )
    each = IntegerField(
        "How many assessors for each response",
        validators=[Optional(), NumberRange(1, 20, message="Enter a number from 1 to 20.")],
        description="Only where the panel shares them out.",
    )

    def validate_each(self, field: Any) -> None:
        """Sharing out needs a number."""
        if self.how.data == "some" and field.data is None and not field.errors:
            raise ValueError("Enter how many assessors read each response.")


class AssignForm(PortalForm):
    """One more assessor for one response."""

    member = SelectField("Assessor", coerce=_whole, validate_choice=False)


class ScoreForm(PortalForm):
    """A score and its comment; either can follow later."""

    version = VersionField()
    value = RadioField("Score", coerce=_whole, validators=[], validate_choice=False)
    comment = TextAreaField(
        "Why this score",
        validators=[Length(max=_LONG, message="Use no more than 4,000 characters.")],
        description="The firm may read this. Point to what the response says.",
    )

    def offer(self, criterion: Criterion) -> None:
        """Offer every score the criterion has."""
        self.value.choices = [(number, str(number)) for number in range(criterion.max_score + 1)]

    def validate_value(self, field: Any) -> None:
        """A score is one of those offered, or none as yet."""
        if field.data is None and field.raw_data and field.raw_data[0] not in {"", "None"}:
            raise ValueError("Choose one of the scores.")
        if field.data is not None and field.data not in {value for value, _ in field.choices}:
            raise ValueError("Choose one of the scores.")


class MeetingForm(PortalForm):
    """What the panel agreed where its scores lay apart."""

    seen = VersionField()
    after = RadioField("The score the panel agrees on", coerce=_whole, validate_choice=False)
    reason = TextAreaField(
        "Why",
        validators=[
            InputRequired("Say how the panel came to this score."),
            Length(max=_LONG, message="Use no more than 4,000 characters."),
        ],
        description="What was talked about, and what in the response decided.",
    )

    def offer(self, criterion: Criterion) -> None:
        """Offer every score the criterion has."""
        self.after.choices = [(number, str(number)) for number in range(criterion.max_score + 1)]

    def validate_after(self, field: Any) -> None:
        """An agreement is one of the scores."""
        if field.data not in {value for value, _ in field.choices}:
            raise ValueError("Choose the score that was agreed.")


class OutcomeForm(PortalForm):
    """What is decided of a response; the criteria's feedback lies beside it under `feedback-<criterion>`."""

    version = VersionField()
    decision = RadioField(
        "Decision",
        choices=[(each.value, each.label) for each in (Decision.CHOSEN, Decision.NOT_CHOSEN)],
        validators=[InputRequired("Choose a decision.")],
    )
    departure = TextAreaField(
        "Why the ranking is not followed",
        validators=[Length(max=_LONG, message="Use no more than 4,000 characters.")],
        description="Only where the decision differs from what the ranking proposes. Kept on file, not sent.",
    )
    message = TextAreaField(
        "A word to the firm",
        validators=[Length(max=_LONG, message="Use no more than 4,000 characters.")],
        description="Optional. Shown above its scores.",
    )
    checked = BooleanField("I have read what the firm will be told: it names nobody and gives reasons for every score")


def outcome_form(outcome: Outcome) -> Any:
    """An `OutcomeForm` with one text for each criterion of this outcome."""
    fields = {
        f"feedback_{each.criterion_id}": TextAreaField(
            each.criterion.name,
            default=each.text,
            validators=[
                InputRequired(f"Write feedback on {each.criterion.name}."),
                Length(max=_LONG, message="Use no more than 4,000 characters."),
            ],
        )
        for each in outcome.feedback
    }
    return type("OutcomeFormWithFeedback", (OutcomeForm,), fields)

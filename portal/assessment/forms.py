"""What people fill in when they assess."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.assessment.allocation import Skill
from portal.assessment.models import Decision, Outcome
from portal.assessment.queries import Candidate
from portal.challenges.models import Criterion, Lot
from portal.web.forms import PortalForm, VersionField

LONGEST = 4_000
"""The most characters of a comment or a reason."""
_LONG = LONGEST


def _whole(text: Any) -> int | None:
    return int(text) if isinstance(text, int) or (isinstance(text, str) and text.isascii() and text.isdigit()) else None


def choose_from(people: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    """A list of people by id, with nobody chosen."""
    return [SelectChoice("", "Choose somebody"), *(SelectChoice(str(key), name) for key, name in people)]


def _scores(criterion: Criterion) -> list[SelectChoice]:
    return [SelectChoice(str(number), str(number)) for number in range(criterion.max_score + 1)]


def _is_offered(field: Any) -> bool:
    return str(field.data) in {each.value for each in field.choices}


class ReasonForm(PortalForm):
    """A reason, and nothing else."""

    reason = TextAreaField(validators=[DataRequired("Say why."), Length(max=_LONG, message="Use 4,000 characters.")])


class AddAssessorForm(PortalForm):
    """Somebody of the authority for the panel."""

    person = SelectField("Person", coerce=_whole, validate_choice=False)

    def offer(self, candidates: list[Candidate]) -> None:
        """Offer those whom nothing keeps out."""
        self.person.choices = choose_from(
            (each.person.id, f"{each.person.name}, {each.body}") for each in candidates if not each.barred
        )

    def validate_person(self, field: Any) -> None:
        """Only who is offered can be added."""
        if field.data is None or not _is_offered(field):
            raise ValidationError("Choose somebody from the list.")


class InviteAssessorForm(PortalForm):
    """Somebody who may not have an account yet."""

    email = EmailField(
        "E-mail address",
        validators=[DataRequired("Enter an e-mail address."), Email("Enter an e-mail address like name@example.org.")],
        description="They can be from anywhere but a firm that responded.",
    )


class _TickedField(SelectMultipleField):
    """Boxes to tick; what is none of them is said in words, and not read back."""

    def pre_validate(self, form: Any) -> None:
        """Take nothing that was not offered."""
        if set(self.data or ()) - {str(value) for value, *_ in self.iter_choices()}:
            raise ValidationError("Tick what is offered here, and nothing else.")


def _ticked(label: str, hint: str) -> SelectMultipleField:
    return _TickedField(label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), description=hint)


def _only_to_share_out(form: Any, field: Any) -> None:
    """A number is needed where the panel shares responses out, and is not looked at elsewhere."""
    field.errors = []
    if form.how.data != "some":
        field.data = None
        raise StopValidation
    if field.data is None:
        raise StopValidation("Enter how many assessors read each response.")


class AllocationForm(PortalForm):
    """How many assessors read each response."""

    how = RadioField(
        "Who reads each response",
        choices=[
            SelectChoice("all", "Everybody on the panel"),
            SelectChoice("some", "Some of the panel, shared out evenly"),
        ],
        default="all",
        validators=[DataRequired("Choose who reads each response.")],
    )
    each = IntegerField(
        "How many assessors for each response",
        validators=[_only_to_share_out, NumberRange(1, 20, message="Enter a number from 1 to 20.")],
        description="Only where the panel shares them out.",
    )


class SkillsForm(PortalForm):
    """What somebody on the panel can judge."""

    judges = RadioField(
        "What do they judge?",
        validators=[DataRequired("Choose what they judge.")],
    )
    criteria = _ticked("Criteria they can judge", "Only if they judge some. Leave all empty if they can judge each.")
    lots = _ticked("Lots they can judge", "Only if they judge some. Leave all empty if they can judge each.")

    def offer(self, criteria: Iterable[Criterion], lots: Iterable[Lot]) -> None:
        """Offer the criteria that people score, the lots where there are several, and the price where it is judged."""
        asked, parts = list(criteria), list(lots)
        self.criteria.choices = [SelectChoice(str(each.id), each.name) for each in asked if not each.by_price]
        self.lots.choices = [SelectChoice(str(each.id), each.title or f"Lot {each.number}") for each in parts]
        self.judges.choices = [SelectChoice("everything", "Everything"), SelectChoice("some", "Some criteria or lots")]
        if any(each.price_judged for each in asked):
            self.judges.choices = [
                SelectChoice("everything", "Everything but the price"),
                SelectChoice("some", "Some criteria or lots only, and no price"),
                SelectChoice("price", "The price, and nothing else"),
            ]
        if len(parts) < 2:
            del self.lots

    def validate_criteria(self, field: Any) -> None:
        """Somebody who can judge only some of it is named some of it."""
        if self.judges.data == "some" and not field.data and not ("lots" in self and self.lots.data):
            raise ValidationError("Tick at least one.")

    def skill(self) -> Skill:
        """What was ticked; what was left empty is no limit."""
        ticked = (
            self[name].data if name in self and self.judges.data == "some" else [] for name in ("criteria", "lots")
        )
        criteria, lots = (frozenset(map(int, each)) or None for each in ticked)
        return Skill(criteria, lots)


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
        self.value.choices = _scores(criterion)

    def validate_value(self, field: Any) -> None:
        """A score is one of those offered, or none as yet."""
        if field.data is None and field.raw_data and field.raw_data[0] not in {"", "None"}:
            raise ValidationError("Choose one of the scores.")
        if field.data is not None and not _is_offered(field):
            raise ValidationError("Choose one of the scores.")


class BlindDeclarationForm(PortalForm):
    """Interests in any firm of a round that is read blind; nothing ticked means none."""

    conflicted = SelectMultipleField(
        "Which of these firms do you have an interest in?",
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Leave all of them empty if you have none.",
    )
    reason = TextAreaField(
        "What your interest is, in a sentence",
        validators=[Length(max=_LONG, message="Use no more than 4,000 characters.")],
        description="Only where you ticked a firm. Kept on file for the procurement officer. Firms are not told.",
    )

    def offer(self, firms: Iterable[tuple[str, str]]) -> None:
        """Offer every firm of the round."""
        self.conflicted.choices = [SelectChoice(key, name) for key, name in firms]

    def validate_conflicted(self, field: Any) -> None:
        """Only what is offered can be ticked."""
        offered = {each.value for each in field.choices}
        if not set(field.data or ()) <= offered:
            raise ValidationError("Choose from the list.")

    def validate_reason(self, field: Any) -> None:
        """An interest is named."""
        if self.conflicted.data and not (field.data or "").strip():
            raise ValidationError("Say what your interest is.")


class PrepareForm(PortalForm):
    """The promise, and the score of the practice answer where there is one."""

    value = RadioField("Your score", coerce=_whole, validators=[], validate_choice=False)
    comment = TextAreaField(
        "Why this score",
        validators=[Length(max=_LONG, message="Use no more than 4,000 characters.")],
        description="Point to what the answer says.",
    )
    confidential = BooleanField(
        "I keep what I read to myself: I talk about no response with anybody outside the panel, and copy none of it",
        validators=[
            DataRequired("Tick the box to promise confidentiality. If you cannot, tell the procurement officer.")
        ],
    )

    def offer(self, criterion: Criterion | None) -> None:
        """Offer the scores of the practice answer's criterion; without one, ask for the promise alone."""
        if criterion is None:
            del self.value, self.comment
        else:
            self.value.choices = _scores(criterion)

    def validate_value(self, field: Any) -> None:
        """The practice answer gets a score."""
        if field.data is None or not _is_offered(field):
            raise ValidationError("Choose the score you would give.")

    def validate_comment(self, field: Any) -> None:
        """And a comment, as every real one does."""
        if not (field.data or "").strip():
            raise ValidationError("Say why.")


class PracticeForm(PortalForm):
    """The panel's briefing and its practice answer."""

    version = VersionField()
    briefing = TextAreaField(
        "Briefing",
        validators=[
            DataRequired("Write what the panel should know."),
            Length(max=_LONG, message="Use 4,000 characters."),
        ],
        description="What the challenge is about, how to score, whom to ask, and by when.",
    )
    criterion = SelectField("Criterion to practise on", coerce=_whole, validate_choice=False)
    answer = TextAreaField(
        "Practice answer",
        validators=[Length(max=_LONG, message="Use no more than 4,000 characters.")],
        description="Optional. An invented answer to that criterion's question.",
    )
    score = IntegerField("What it is worth", validators=[Optional(), NumberRange(0, 10, message="Enter a score.")])
    why = TextAreaField(
        "Why",
        validators=[Length(max=_LONG, message="Use no more than 4,000 characters.")],
        description="Shown to each assessor beside their own score.",
    )

    def offer(self, criteria: Iterable[Criterion]) -> None:
        """Offer the criteria that people score."""
        self._most = {each.id: each.max_score for each in criteria if not each.by_price}
        named = ((each.id, each.name) for each in criteria if not each.by_price)
        self.criterion.choices = [SelectChoice("", "Choose a criterion"), *(SelectChoice(str(k), n) for k, n in named)]

    def validate_criterion(self, field: Any) -> None:
        """A practice answer answers one of them."""
        if self.answer.data and field.data not in self._most:
            raise ValidationError("Choose the criterion that the practice answer is about.")

    def validate_score(self, field: Any) -> None:
        """And is worth one of its scores."""
        most = self._most.get(self.criterion.data)
        if self.answer.data and most is not None and (field.data is None or field.data > most):
            raise ValidationError(f"Enter what the practice answer is worth, from 0 to {most}.")


class MeetingForm(PortalForm):
    """What the panel agreed where its scores lay apart."""

    seen = VersionField()
    after = RadioField("The score the panel agrees on", coerce=_whole, validate_choice=False)
    reason = TextAreaField(
        "Why",
        validators=[
            DataRequired("Say how the panel came to this score."),
            Length(max=_LONG, message="Use no more than 4,000 characters."),
        ],
        description="What was talked about, and what in the response decided.",
    )

    def offer(self, criterion: Criterion) -> None:
        """Offer every score the criterion has."""
        self.after.choices = _scores(criterion)

    def validate_after(self, field: Any) -> None:
        """An agreement is one of the scores."""
        if field.data is None or not _is_offered(field):
            raise ValidationError("Choose the score that was agreed.")


class OutcomeForm(PortalForm):
    """What is decided of a response; the criteria's feedback lies beside it under `feedback-<criterion>`."""

    version = VersionField()
    decision = RadioField(
        "Decision",
        choices=[SelectChoice(each.value, each.label) for each in (Decision.CHOSEN, Decision.NOT_CHOSEN)],
        validators=[DataRequired("Choose a decision.")],
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
                DataRequired(f"Write feedback on {each.criterion.name}."),
                Length(max=_LONG, message="Use no more than 4,000 characters."),
            ],
        )
        for each in outcome.feedback
    }
    return type("OutcomeFormWithFeedback", (OutcomeForm,), fields)

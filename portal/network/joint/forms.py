"""What is typed to propose a joint challenge, and to answer."""

from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from portal.web.forms import PortalForm, one_line

MOST_LOTS = 10


class ProposeForm(PortalForm):
    """What would be bought together, and in which parts. `own`: the proposer's own needs among those offered."""

    own: frozenset[str] = frozenset()

    needs = SelectMultipleField(
        "Which planned purchases would it meet?", option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    title = StringField(
        "What is it called?",
        validators=[DataRequired("Give it a title."), Length(max=160, message="Use at most 160 characters.")],
        filters=[one_line],
        description="A few plain words. The challenge begins with this title.",
    )
    why = TextAreaField(
        "Why together?",
        validators=[DataRequired("Say why together."), Length(max=2000, message="Use at most 2,000 characters.")],
        description="What each body gains, and what is in it for local firms.",
    )
    lots = TextAreaField(
        "Lots, one a line (optional)",
        description="Parts that a small firm can win by itself, for example by area or by trade. You can change them.",
    )

    @property
    def lot_titles(self) -> list[str]:
        """Each line that says something."""
        return [words for line in (self.lots.data or "").splitlines() if (words := " ".join(line.split()))]

    def validate_needs(self, field: SelectMultipleField) -> None:
        """Something has to be bought, and not by the proposer alone."""
        if not field.data:
            raise ValidationError("Choose the planned purchases.")
        if self.own.issuperset(field.data):
            raise ValidationError("Choose one of another body as well. Alone, you can begin a challenge of your own.")

    def validate_lots(self, _field: TextAreaField) -> None:
        """Few, and none too long."""
        if len(self.lot_titles) > MOST_LOTS:
            raise ValidationError(f"Use at most {MOST_LOTS} lots.")
        if any(len(each) > 160 for each in self.lot_titles):
            raise ValidationError("Use at most 160 characters for each lot.")


class AnswerForm(PortalForm):
    """Whether a body joins."""

    accepts = RadioField(
        "Do you join?",
        choices=[SelectChoice("yes", "Accept"), SelectChoice("no", "Decline")],
        validators=[InputRequired("Choose whether you join.")],
    )
    reason = TextAreaField(
        "Why not? (only if you decline)", validators=[Length(max=2000, message="Use at most 2,000 characters.")]
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """Who declines says why, so that the next proposal is better."""
        if self.accepts.data == "no" and not field.data:
            raise ValidationError("Say why you decline. One sentence will do.")

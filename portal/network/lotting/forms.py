"""The adviser's questions. The form changes nothing and is sent by GET, so it has no token."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.law.words import Worded
from portal.network.lotting.advice import MOST_LOTS, Alone, Answers, Fit, Managing, Reach
from portal.web.forms import PortalForm


def _asked(label: str, choices: type[Worded], missing: str) -> RadioField:
    return RadioField(
        label, choices=[SelectChoice(each.value, each.title) for each in choices], validators=[InputRequired(missing)]
    )


class PartsForm(PortalForm):
    """Five questions about the parts of a need."""

    class Meta(PortalForm.Meta):
        csrf = False

    parts = TextAreaField(
        "What are the parts of the need?",
        validators=[DataRequired("Name the parts, one on each line."), Length(max=1500, message="Use fewer words.")],
        description="One on each line, in a few words. For example: sensors; fitting them; reading the data.",
    )
    alone = _asked("Could a firm do one part without the others?", Alone, "Say whether a part can be done alone.")
    fit = _asked("How do the parts fit together?", Fit, "Say how the parts fit together.")
    reach = _asked("What could a small local firm take on?", Reach, "Say what a small local firm could take on.")
    managing = _asked("Could you look after several contracts?", Managing, "Say whether you could.")

    def validate_parts(self, field: TextAreaField) -> None:
        """As many as a brief can hold, each short enough for a lot's name."""
        lines = _lines(field.data)
        if len(lines) > MOST_LOTS:
            raise ValidationError(f"Name at most {MOST_LOTS} parts.")
        if any(len(line) > 160 for line in lines):
            raise ValidationError("Use at most 160 characters for each part.")

    @property
    def answers(self) -> Answers:
        """What was said, once it validated."""
        return Answers(
            parts=_lines(self.parts.data),
            alone=Alone(self.alone.data),
            fit=Fit(self.fit.data),
            reach=Reach(self.reach.data),
            managing=Managing(self.managing.data),
        )


def _lines(text: str | None) -> tuple[str, ...]:
    found = (" ".join(line.split()) for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in found if line))

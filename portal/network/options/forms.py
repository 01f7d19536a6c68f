"""What is typed about a trial."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from portal.network.options.models import Verdict
from portal.web.forms import PortalForm, VersionField

_LONG = Length(max=2000, message="Use at most 2,000 characters.")


class BeginForm(PortalForm):
    """Why an option is tried, and how one will know."""

    aim = TextAreaField(
        "What do you want to achieve?",
        validators=[DataRequired("Say what you want to achieve."), _LONG],
        description="One sentence will do. For example, that firms of our ward hear of our small works first.",
    )
    measure = TextAreaField(
        "How will you know?",
        validators=[DataRequired("Say how you will know."), _LONG],
        description="Something you can count or ask, and when you will look at it.",
    )


class JudgeForm(PortalForm):
    """What came of it."""

    result = TextAreaField(
        "What came of it?",
        validators=[DataRequired("Say what came of it."), _LONG],
        description="Measured as you said. That nothing came of it is an honest result.",
    )
    verdict = RadioField(
        "Keep it or stop it?",
        choices=[SelectChoice(each.value, each.label) for each in Verdict],
        validators=[InputRequired("Choose whether to keep it or stop it.")],
    )
    version = VersionField()

"""What is said of a firm in three answers."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from portal.network.vouches.models import OnTime, WorkSize
from portal.web.forms import PortalForm, one_line


class VouchForm(PortalForm):
    """Work, size, on time."""

    work = StringField(
        "What did they do for you?",
        validators=[DataRequired("Say what they did."), Length(max=200, message="Use at most 200 characters.")],
        filters=[one_line],
        description="A few words, such as: repainted two schools in the holidays.",
    )
    size = RadioField(
        "How large was it?",
        choices=[SelectChoice(each.value, each.title) for each in WorkSize],
        validators=[InputRequired("Say how large it was.")],
    )
    on_time = RadioField(
        "Did it come on time?",
        choices=[SelectChoice(each.value, each.title) for each in OnTime],
        validators=[InputRequired("Say whether it came on time.")],
    )

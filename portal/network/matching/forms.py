"""What is chosen and typed about mails and searches."""

from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from portal.network.matching.models import Digest
from portal.web.forms import PortalForm, one_line


class PressForm(PortalForm):
    """A button and nothing else."""


class MailsForm(PortalForm):
    """Which mails somebody wants."""

    digest = RadioField(
        "New challenges that fit, as a list",
        choices=[SelectChoice(each.value, each.label) for each in Digest],
        validators=[InputRequired("Choose how often.")],
    )
    told = BooleanField("Buyers may tell us of a challenge by e-mail")


class SearchForm(PortalForm):
    """Words to look for."""

    words = StringField(
        "Words to look for",
        validators=[
            InputRequired("Enter the words to look for."),
            Length(max=200, message="Use at most 200 characters."),
        ],
        filters=[one_line],
        description="All of them have to be in the challenge, such as damp housing.",
    )

"""What a firm says to others, and how it invites one."""

from collections.abc import Sequence

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from portal.organisations.models import Organisation
from portal.responses.forms import PartnerForm
from portal.responses.models import Response
from portal.web.forms import PortalForm, one_line


def _offer(field: RadioField, choices: list[SelectChoice]) -> None:
    """A field with one choice is left out of the page, and chosen already."""
    field.choices = choices
    if len(choices) == 1:
        field.data = choices[0].value
        field.raw_data = [field.data]


class WordForm(PortalForm):
    """Which firm would join, and what it brings."""

    firm = RadioField("Which organisation would join?", validators=[InputRequired("Choose who would join.")])
    brings = StringField(
        "What would you bring?",
        description="One sentence. For example: we build sensors, and look for somebody who installs them.",
        validators=[
            DataRequired("Say what you would bring."),
            Length(max=200, message="Use at most 200 characters."),
        ],
        filters=[one_line],
    )

    def between(self, firms: Sequence[Organisation]) -> "WordForm":
        """With the firms to choose from."""
        _offer(self.firm, [SelectChoice(each.reference, each.name) for each in firms])
        return self


class InviteForm(PartnerForm):
    """As any partner is invited, only that the portal knows the address."""

    email = None  # type: ignore[assignment]
    response = RadioField("Into which of your responses?", validators=[InputRequired("Choose a response.")])

    def into(self, responses: Sequence[Response]) -> "InviteForm":
        """With the responses to choose from."""
        named = [(each.reference, f"{each.organisation.name}, lot {each.lot.number}") for each in responses]
        _offer(self.response, [SelectChoice(*each) for each in named])
        return self

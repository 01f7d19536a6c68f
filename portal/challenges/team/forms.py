"""Whom to ask to take part in a challenge."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    EmailField,
    RadioField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, Length, Optional

from portal.policy import Role
from portal.web.forms import GovDateField, PortalForm

_ADDRESS_WRONG = "Enter an e-mail address in the right form, such as name@example.org."
MEANING = {
    Role.ASSESSOR: "Scores responses, once they have declared their interests.",
    Role.OPENER: "Opens responses together with another officer.",
    Role.SHOWCASE_GUEST: "Comes to the showcase and sees the prototypes.",
    Role.DEPUTY: "Stands in for the challenge owner from one day to another.",
}


class TakePartForm(PortalForm):
    """An address and a role; a deputy's has its first and last day."""

    email = EmailField(
        "E-mail address",
        validators=[
            InputRequired("Enter an e-mail address."),
            Length(max=254, message=_ADDRESS_WRONG),
            Email(_ADDRESS_WRONG),
        ],
    )
    role = RadioField("As what?", validators=[InputRequired("Choose what they are asked to be.")])
    starts_on = GovDateField("First day (deputies only)", validators=[Optional()])
    ends_on = GovDateField("Last day (deputies only)", validators=[Optional()])

    def __init__(self, *args: Any, roles: Iterable[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        self.role.choices = [SelectChoice(role.value, role.label) for role in roles]

    @property
    def deputy(self) -> bool:
        """Whether a deputy is asked for, the only role with days."""
        return bool(self.role.data == Role.DEPUTY.value)

    def validate(self, extra_validators: Any = None) -> bool:
        """A deputy's days have to be there and in their order."""
        valid = bool(super().validate(extra_validators))
        if not self.deputy:
            return valid
        for field, missing in ((self.starts_on, "first"), (self.ends_on, "last")):
            if field.data is None and not field.errors:
                field.errors = [f"Enter the {missing} day."]
                valid = False
        if self.starts_on.data and self.ends_on.data and self.ends_on.data < self.starts_on.data:
            self.ends_on.errors = ["The last day is before the first."]
            valid = False
        return valid

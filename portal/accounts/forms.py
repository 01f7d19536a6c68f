"""What people type about themselves."""

from collections.abc import Sequence
from typing import Any

from wtforms import EmailField, Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import Email, InputRequired, Length

from portal.accounts import passwords
from portal.web.forms import PortalForm, one_line

_ADDRESS_WRONG = "Enter an e-mail address in the right form, such as name@example.org."
_SHORT = Length(max=120, message="Use at most 120 characters.")
_NAME = [InputRequired("Enter your name."), _SHORT]


class AddressForm(PortalForm):
    """Only an e-mail address: to register, to start, or because a password was forgotten."""

    email = EmailField(
        "E-mail address",
        validators=[
            InputRequired("Enter your e-mail address."),
            Length(max=254, message=_ADDRESS_WRONG),
            Email(_ADDRESS_WRONG),
        ],
    )


class SignInForm(AddressForm):
    """Address and password. `next` is where the person was going."""

    password = PasswordField("Password", validators=[InputRequired("Enter your password.")])
    next = HiddenField()


class NewPasswordForm(PortalForm):
    """A new password, checked against what anybody would try first, the person's own words among them."""

    password = PasswordField("Choose a password", validators=[InputRequired("Choose a password.")])

    def __init__(self, *args: Any, own_words: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.own_words = own_words

    def validate_password(self, field: Field) -> None:
        """Refuse what is too short or too easily guessed."""
        name = self["name"].data if "name" in self else ""
        weakness = passwords.weakness(field.data or "", [*self.own_words, name or ""])
        if weakness:
            raise ValidationError(weakness)


class PersonForm(NewPasswordForm):
    """Who somebody new is."""

    name = StringField("Full name", validators=_NAME, filters=[one_line])


class DetailsForm(PortalForm):
    """How somebody is called."""

    name = StringField("Full name", validators=_NAME, filters=[one_line])
    job_title = StringField("Job title (optional)", validators=[_SHORT])


class ChangePasswordForm(NewPasswordForm):
    """A new password, with the present one as proof."""

    password_now = PasswordField("Your present password", validators=[InputRequired("Enter your present password.")])


class PressForm(PortalForm):
    """A button and nothing else."""

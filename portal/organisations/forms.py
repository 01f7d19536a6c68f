"""What people type about bodies and whom they let in."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.law import companies
from portal.law.thresholds import AuthorityKind
from portal.organisations.models import SupplierKind
from portal.policy import Role
from portal.web.forms import MoneyField, PortalForm, Read, VersionField, WholeNumberField, one_line

_ADDRESS_WRONG = "Enter an e-mail address in the right form, such as name@example.org."


def _name(label: str, missing: str, longest: int = 200) -> StringField:
    return StringField(
        label,
        validators=[InputRequired(missing), Length(max=longest, message=f"Use at most {longest} characters.")],
        filters=[one_line],
    )


def _ppon() -> StringField:
    return StringField(
        "Central Digital Platform number (optional)",
        description="Twelve characters, such as PXYZ-1234-ABCD. Notices name the organisation by it.",
        validators=[Read(companies.ppon)],
    )


def _code(typed: str) -> str:
    code = typed.upper()
    if not (2 <= len(code) <= 6 and code.isascii() and code.isalpha()):
        raise ValueError("Use two to six letters.")
    return code


class WayInForm(PortalForm):
    """Found an organisation or join one."""

    way = RadioField(
        "Is your organisation registered here already?",
        choices=[
            SelectChoice("new", "No, register it"),
            SelectChoice("join", "Yes, or I am not sure: look for it"),
        ],
        validators=[InputRequired("Choose one of the two.")],
    )


class KindForm(PortalForm):
    """Name and kind of a supplier."""

    name = _name("Name of the organisation", "Enter the organisation’s name.")
    supplier_kind = RadioField(
        "What kind of organisation is it?",
        choices=[SelectChoice(kind.value, kind.label) for kind in SupplierKind],
        validators=[InputRequired("Choose the kind that fits best.")],
    )


class PlaceForm(PortalForm):
    """Where a supplier is and how large."""

    company_number = StringField(
        "Companies House number (optional)",
        description="Eight characters, such as 01234567 or SC123456. Leave it empty if you have none.",
        validators=[Read(companies.company_number)],
    )
    headcount = WholeNumberField(
        "How many people work there? (optional)",
        description="Everybody on the payroll, and yourself. A rough number will do.",
        validators=[Optional(), NumberRange(0, 1_000_000, "Enter a number from 0 to 1,000,000.")],
    )
    postcode = StringField("Postcode", validators=[InputRequired("Enter the postcode."), Read(companies.postcode)])


class SupplierForm(KindForm, PlaceForm):
    """Everything a supplier says of itself."""

    ppon = _ppon()
    summary = TextAreaField(
        "What do you do? (optional)", validators=[Length(max=2000, message="Use at most 2,000 characters.")]
    )
    version = VersionField()


class BodyForm(PortalForm):
    """An authority or partner of the region."""

    name = _name("Name", "Enter the body’s name.")
    code = StringField(
        "Short code",
        description="Two to six capital letters; the references of its challenges begin with it.",
        validators=[Read(_code)],
    )
    is_authority = BooleanField("It publishes challenges (contracting authority)")
    is_partner = BooleanField("It gives business support (partner)")
    authority_kind = SelectField(
        "What kind of public body is it?",
        choices=[
            SelectChoice("", "Not a public body"),
            *(SelectChoice(kind.value, kind.title) for kind in AuthorityKind),
        ],
    )
    second_decider_from = MoneyField(
        "Two people decide on a business case from (optional)",
        description="The amount, including VAT. Leave it empty if one budget holder is always enough.",
        validators=[Optional(), NumberRange(min=1, message="Enter an amount above £0, or leave it empty.")],
    )
    ppon = _ppon()
    postcode = StringField("Postcode (optional)", validators=[Read(companies.postcode)])
    summary = TextAreaField(
        "What does it do? (optional)", validators=[Length(max=2000, message="Use at most 2,000 characters.")]
    )
    version = VersionField()

    def validate_is_authority(self, field: Field) -> None:
        """A body is an authority, a partner, or both."""
        if not (self.is_authority.data or self.is_partner.data):
            raise ValidationError("Say whether it publishes challenges, gives support, or both.")

    def validate_authority_kind(self, field: Field) -> None:
        """The kind decides the thresholds of the law."""
        if self.is_authority.data and not field.data:
            raise ValidationError("Choose what kind of public body it is.")

    def validate_code(self, field: Field) -> None:
        """References need it."""
        if self.is_authority.data and not field.data:
            raise ValidationError("Enter a short code, such as EV.")


class RoleForm(PortalForm):
    """A role, and the amount up to which a budget holder decides."""

    role = SelectField("Role", validators=[InputRequired("Choose a role.")])
    limit = MoneyField("May decide up to (budget holders only)", description="For example 500,000.")

    def __init__(self, *args: Any, roles: Iterable[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        self.role.choices = [SelectChoice(role.value, role.label) for role in roles]
        if self.role.choices:
            self.role.choices.insert(0, SelectChoice("", "Choose a role"))

    def validate_limit(self, field: Field) -> None:
        """A budget holder has a limit."""
        if self.role.data == Role.BUDGET_HOLDER.value and field.data is None:
            raise ValidationError("Enter the amount up to which they may decide.")


class InviteForm(RoleForm):
    """Whom to invite."""

    email = EmailField(
        "E-mail address",
        validators=[
            InputRequired("Enter an e-mail address."),
            Length(max=254, message=_ADDRESS_WRONG),
            Email(_ADDRESS_WRONG),
        ],
    )


class DirectorateForm(PortalForm):
    """What a directorate is called."""

    name = _name("Name of the directorate", "Enter the directorate’s name.", longest=120)

    @property
    def called(self) -> str:
        """The name without spaces around it."""
        return (self.name.data or "").strip()


class PressForm(PortalForm):
    """A button and nothing else."""

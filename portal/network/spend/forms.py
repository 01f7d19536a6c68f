"""What is typed about payments files, and about where those are who were paid."""

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from portal.law import companies
from portal.law.money import Vat
from portal.network.spend.columns import Role, titled
from portal.network.spend.models import KnownBy
from portal.network.spend.placing import Said
from portal.web.forms import PortalForm, Read, VersionField


class SendForm(PortalForm):
    """The file."""

    file = FileField("Payments file")


def _column(role: Role) -> SelectField:
    words = f"Choose the column that holds: {role.label.lower()}."
    return SelectField(
        role.label if role.needed else f"{role.label} (optional)",
        [InputRequired(words) if role.needed else Optional()],
        validate_choice=True,
    )


class ColumnsForm(PortalForm):
    """Which column is which, and whether amounts hold VAT."""

    date = _column(Role.DATE)
    payee = _column(Role.PAYEE)
    amount = _column(Role.AMOUNT)
    category = _column(Role.CATEGORY)
    directorate = _column(Role.DIRECTORATE)
    reference = _column(Role.REFERENCE)
    company = _column(Role.COMPANY)
    vat = RadioField(
        "Do the amounts hold VAT?",
        [InputRequired("Say whether the amounts hold VAT.")],
        choices=[
            SelectChoice(Vat.EXCLUSIVE.value, "No, VAT that the authority gets back is left out (net)"),
            SelectChoice(Vat.INCLUSIVE.value, "Yes, they hold VAT (gross)"),
        ],
    )
    version = VersionField()

    def __init__(self, *args: Any, headings: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [SelectChoice(str(at), heading) for at, heading in enumerate(titled(headings))]
        for role in Role:
            field = self[role.value]
            field.choices = [SelectChoice("", "Choose one" if role.needed else "None of them"), *offered]

    def validate_amount(self, field: SelectField) -> None:
        """One column is one thing."""
        chosen = [self[role.value].data for role in Role if self[role.value].data]
        if len(set(chosen)) < len(chosen):
            raise ValidationError("One column was chosen for two things. Choose each column once.")

    @property
    def columns(self) -> dict[Role, int]:
        """The column of each role that has one."""
        return {role: int(self[role.value].data) for role in Role if self[role.value].data}


AT_POSTCODE, OUTSIDE, ABROAD = "postcode", "outside", "abroad"


class PlaceForm(PortalForm):
    """Where somebody is who was paid, and by what that is known."""

    where = RadioField(
        "Where is it?",
        [InputRequired("Say where it is.")],
        choices=[
            SelectChoice(AT_POSTCODE, "At a postcode"),
            SelectChoice(OUTSIDE, "Outside the area"),
            SelectChoice(ABROAD, "Outside the United Kingdom"),
        ],
    )
    postcode = StringField(
        "Postcode",
        validators=[Read(companies.postcode)],
        description="Of the place the work is done from, if you know it. Leave it empty with other answers.",
    )
    known_by = RadioField(
        "How do you know?",
        [InputRequired("Say how you know.")],
        choices=[SelectChoice(each.value, each.label) for each in KnownBy],
    )
    note = TextAreaField(
        "Note (optional)",
        validators=[Length(max=300, message="Use at most 300 characters.")],
        description="For colleagues who wonder later. Name no person.",
    )
    version = VersionField()

    def validate_postcode(self, field: StringField) -> None:
        """Needed where it is at a postcode, and only there."""
        if self.where.data == AT_POSTCODE and not field.data:
            raise ValidationError("Enter the postcode.")
        if self.where.data in {OUTSIDE, ABROAD} and field.data:
            raise ValidationError("Take the postcode out, or choose “At a postcode”.")

    @property
    def said(self) -> Said:
        """What was said."""
        postcode = self.postcode.data if self.where.data == AT_POSTCODE else None
        return Said(postcode or None, KnownBy(self.known_by.data), self.note.data or "", self.where.data == ABROAD)


class FromCategoryForm(PortalForm):
    """Which category a challenge begins from."""

    name = HiddenField("Category")
    year = HiddenField("Year", [InputRequired("Choose the year.")])

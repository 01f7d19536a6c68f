"""What a chosen firm fills in, and what an officer records of it."""

import re
from typing import Any

from wtforms import BooleanField, Field, FieldList, Form, FormField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.exclusions.models import SupplierCheck
from portal.exclusions.told import Told
from portal.law.companies import share_code
from portal.text import tidy
from portal.web.forms import PortalForm, VersionField

LONGEST = 4_000
MOST_SUBCONTRACTORS = 30
_LONG = Length(max=LONGEST, message="Use 4,000 characters or fewer.")
_SHORT = Length(max=200, message="Use 200 characters or fewer.")
_YES_NO = (SelectChoice("no", "No"), SelectChoice("yes", "Yes"))
_BLANKS = re.compile(r"\s+")


def _line(text: Any) -> str:
    return _BLANKS.sub(" ", tidy(str(text or ""))).strip()


class SubcontractorForm(Form):
    """One subcontractor; two empty boxes are none."""

    name = StringField("Name", [_SHORT])
    part = StringField("What they do", [_SHORT])

    def validate_part(self, field: Field) -> None:
        """A name alone does not say what is passed on."""
        if _line(self.name.data) and not _line(field.data):
            raise ValidationError("Say which part of the work they do.")

    def validate_name(self, field: Field) -> None:
        """A part needs somebody who does it."""
        if _line(self.part.data) and not _line(field.data):
            raise ValidationError("Say who does this part.")


class TellForm(PortalForm):
    """Share code, exclusion grounds, debarment and subcontractors."""

    version = VersionField()
    share_code = StringField("Share code", [DataRequired("Enter the share code.")])
    ground = RadioField(
        "Does any ground for exclusion apply?", [InputRequired("Say whether a ground applies.")], choices=_YES_NO
    )
    grounds = TextAreaField("If yes: which, and what was done about it?", [_LONG])
    debarred = RadioField(
        "Is the firm on the debarment list?", [InputRequired("Say whether it is on the list.")], choices=_YES_NO
    )
    subcontracts = RadioField(
        "Will anybody else do part of the work?", [InputRequired("Say whether others do part of it.")], choices=_YES_NO
    )
    subcontractors = FieldList(FormField(SubcontractorForm), min_entries=3, max_entries=MOST_SUBCONTRACTORS)

    @classmethod
    def of(cls, check: SupplierCheck) -> "TellForm":
        """The form as it begins: empty, or with what was sent before."""
        if check.given_at is None:
            return cls(formdata=None, version=check.version)
        return cls(
            formdata=None,
            version=check.version,
            share_code=check.share_code,
            ground="yes" if check.ground_applies else "no",
            grounds=check.grounds,
            debarred="yes" if check.debarred else "no",
            subcontracts="yes" if check.subcontractors else "no",
            subcontractors=[{"name": each.name, "part": each.part} for each in check.subcontractors],
        )

    def validate_share_code(self, field: Field) -> None:
        """Only its form can be checked here."""
        try:
            field.data = share_code(field.data or "")
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    def validate_grounds(self, field: Field) -> None:
        """A ground that applies is named."""
        if self.ground.data == "yes" and not field.data:
            raise ValidationError("Say which ground applies, and what was done about it.")

    def validate_subcontracts(self, field: Field) -> None:
        """Whoever passes work on names to whom; whoever does not, names nobody."""
        if field.data == "yes" and not self.named:
            raise ValidationError("Name each of them below, with the part they do.")
        if field.data == "no" and self.named:
            raise ValidationError("You named somebody below. Choose yes, or empty the boxes.")

    @property
    def named(self) -> list[tuple[str, str]]:
        """The subcontractors that were filled in."""
        rows = [(_line(each.form.name.data), _line(each.form.part.data)) for each in self.subcontractors]
        return [row for row in rows if any(row)]

    @property
    def told(self) -> Told:
        """What the firm says."""
        return Told(
            share_code=self.share_code.data or "",
            ground_applies=self.ground.data == "yes",
            grounds=self.grounds.data or "",
            debarred=self.debarred.data == "yes",
            subcontractors=self.named,
        )


class CheckForm(PortalForm):
    """What an officer found; reasons are wanted where a ground applies, and where the firm is asked again."""

    version = VersionField()
    found = RadioField(
        "What did you find?",
        [InputRequired("Say what you found.")],
        choices=[SelectChoice("in_order", "It is in order"), SelectChoice("again", "Ask the firm again")],
    )
    looked = BooleanField(
        "I opened the share code on the Central Digital Platform, and looked the firm and its subcontractors up on the "
        "debarment list."
    )
    note = TextAreaField("Reasons", [_LONG])

    def __init__(self, *args: Any, weighs: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self._weighs = weighs

    def validate_looked(self, field: Field) -> None:
        """Nothing is in order that nobody looked at."""
        if self.found.data == "in_order" and not field.data:
            raise ValidationError("Look it up, then tick the box.")

    def validate_note(self, field: Field) -> None:
        """The firm reads why it is asked again; the file says why a ground did not keep it out."""
        if self.found.data == "again" and not field.data:
            raise ValidationError("Say what the firm has to look at again.")
        if self.found.data == "in_order" and self._weighs and not field.data:
            raise ValidationError("Say why the contract can be awarded all the same.")

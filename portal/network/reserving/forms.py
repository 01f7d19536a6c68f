"""What an officer says to reserve a competition."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from portal.law.dates import Basis
from portal.law.reservations import Choice, ReservedArea, ReservedFor
from portal.network.reserving.models import Decision, Reservation
from portal.web.forms import PortalForm, VersionField, one_line


class ReserveForm(PortalForm):
    """The wizard's one form: it offers nothing that is not open."""

    area = RadioField("Where must a firm be?", validators=[InputRequired("Choose where a firm must be.")])
    place = StringField(
        "Name the area",
        validators=[Length(max=200, message="Use at most 200 characters.")],
        filters=[one_line],
        description="As firms know it, for example the county of Wyreshire. Not needed for the United Kingdom.",
    )
    county_fits = BooleanField("The county’s condition is met")
    reserved_for = RadioField(
        "Which firms may answer?",
        choices=[SelectChoice(each.value, each.title) for each in ReservedFor],
        validators=[InputRequired("Choose which firms may answer.")],
    )
    reason = TextAreaField(
        "Why is it reserved?",
        validators=[DataRequired("Say why it is reserved."), Length(max=2000, message="Use at most 2,000 characters.")],
        description="Is there enough competition left, and what is gained? An auditor reads this.",
    )
    checked = TextAreaField(
        "Who checked that you may?",
        validators=[Length(max=500, message="Use at most 500 characters.")],
        description="Name, post and date of the legal advice.",
    )
    version = VersionField()

    @classmethod
    def offering(cls, choice: Choice, **began: Any) -> "ReserveForm":
        """The form with only what is open."""
        form = cls(**began)
        form.choice = choice
        form.area.choices = [SelectChoice(each.value, each.title) for each in choice.areas]
        if choice.rule is None or choice.rule.basis is not Basis.CHECK:
            del form.checked
        if choice.rule is None or not choice.rule.county_if:
            del form.county_fits
        return form

    choice: Choice

    def validate_place(self, field: Any) -> None:
        """An area has a name, where it is not the United Kingdom."""
        if self.area.data in {each.value for each in ReservedArea if each.is_named} and not field.data:
            raise ValidationError("Name the area, as firms know it.")

    def validate_county_fits(self, field: Any) -> None:
        """A county is open to a council only where it lies wholly inside."""
        if self.area.data == ReservedArea.COUNTY.value and not field.data:
            raise ValidationError("A county can be chosen only where this is so. Otherwise choose your own area.")

    def validate_checked(self, field: Any) -> None:
        """Where we are not sure, somebody must be."""
        if not field.data:
            raise ValidationError("Say who checked it. We are not sure of the law here.")

    def validate_reserved_for(self, field: Any) -> None:
        """Something is reserved, and nothing that is not open."""
        if self.area.data in {each.value for each in self.choice.areas}:
            problem = self.choice.problem(ReservedArea(self.area.data), ReservedFor(field.data))
            if problem:
                raise ValidationError(problem)

    @property
    def decision(self) -> Decision:
        """What was said, once it validated."""
        area = ReservedArea(self.area.data)
        return Decision(
            area=area,
            reserved_for=ReservedFor(self.reserved_for.data),
            place=(self.place.data or "") if area.is_named else "",
            reason=self.reason.data or "",
            checked=(self.checked.data or "") if "checked" in self else "",
            county_fits="county_fits" in self and bool(self.county_fits.data),
        )


def began_from(row: Reservation | None) -> dict[str, Any]:
    """What the form shows of a reservation that stands."""
    if row is None:
        return {}
    return {
        "area": row.area.value,
        "place": row.place,
        "county_fits": row.area is ReservedArea.COUNTY,
        "reserved_for": row.reserved_for.value,
        "reason": row.reason,
        "checked": row.checked,
        "version": row.version,
    }

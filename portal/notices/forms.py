"""What is typed about notices and claims."""

import re
from typing import Any

from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, ValidationError

from portal.db import clock
from portal.law.ocids import official_ocid
from portal.notices.models import ClaimOutcome
from portal.web.forms import GovDateTimeField, PortalForm

_NUMBER = re.compile(r"\d{6}-\d{4}|\d{4}/S \d{3}-\d{6}", re.ASCII)


class PublishedForm(PortalForm):
    """Where and when a notice was published; `looks_anew` where the notice says that conflicts were looked at again."""

    looked = BooleanField(
        "I looked at the register of interests again before it was published. Nothing in it is left open.",
        [InputRequired("Look at the register of interests, then tick the box.")],
    )
    reference = StringField(
        "Its number there",
        [InputRequired("Enter the number the notice has on the official platform.")],
        description="For example, 012345-2026",
    )
    ocid = StringField(
        "The procurement identifier on the notice (ocid), if you have it",
        description="For example, ocds-h6vhtk-068ae4. It links our open data with the official platform’s.",
    )
    published_at = GovDateTimeField(
        "When was it published?",
        [InputRequired("Enter the day and time it was published.")],
        description="For example, 23 11 2026 at 9:30am",
    )

    def __init__(self, *args: Any, looks_anew: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not looks_anew:
            del self.looked

    def validate_reference(self, field: Field) -> None:
        """The platform's numbers have one shape, and an older one."""
        if not _NUMBER.fullmatch(field.data or ""):
            raise ValidationError("Enter the number as the platform shows it, for example 012345-2026.")

    def validate_ocid(self, field: Field) -> None:
        """The official platform's identifiers have one form, and ours another."""
        if field.data:
            try:
                official_ocid(field.data)
            except ValueError as problem:
                raise ValidationError(str(problem)) from None

    def validate_published_at(self, field: Field) -> None:
        """What is still to come is not published."""
        if field.data and field.data > clock.now():
            raise ValidationError("The time it was published cannot be in the future.")


class ReasonsForm(PortalForm):
    """Why there was no engagement notice."""

    reason = TextAreaField(
        "Why is no engagement notice published?",
        [InputRequired("Say why."), Length(max=4_000, message="Use 4,000 characters or fewer.")],
        description="The tender notice must give the same reasons.",
    )


class ClaimForm(PortalForm):
    """Who began legal proceedings, and when the authority was told."""

    by_whom = StringField(
        "Who brings it?",
        [InputRequired("Say who brings the claim."), Length(max=200, message="Use 200 characters or fewer.")],
    )
    received_at = GovDateTimeField(
        "When were you told of it?",
        [InputRequired("Enter the day and time you were told of it.")],
        description="For example, 27 11 2026 at 2:15pm",
    )

    def validate_received_at(self, field: Field) -> None:
        """It has happened."""
        if field.data and field.data > clock.now():
            raise ValidationError("This time cannot be in the future.")


class CloseClaimForm(PortalForm):
    """How a claim ended."""

    outcome = RadioField(
        "How did it end?",
        [InputRequired("Say how it ended.")],
        choices=[SelectChoice(each.value, each.title) for each in ClaimOutcome],
    )

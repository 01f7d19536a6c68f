"""What is typed about legal dates."""

from wtforms import Field
from wtforms.validators import InputRequired, ValidationError

from portal.db import clock
from portal.law.calendar import london_date
from portal.web.forms import GovDateField, PortalForm


class DoneForm(PortalForm):
    """The day on which something was done."""

    done_on = GovDateField(
        "When was it done?", [InputRequired("Enter the day it was done.")], description="For example, 27 11 2026"
    )

    def validate_done_on(self, field: Field) -> None:
        """It has happened."""
        if field.data and field.data > london_date(clock.now()):
            raise ValidationError("The day it was done cannot be in the future.")

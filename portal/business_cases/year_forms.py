"""The form for an option's money year by year."""

from collections.abc import Sequence

from wtforms import Field, Form, FormField, RadioField, TextAreaField, ValidationError
from wtforms.fields import FieldList
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, NumberRange, Optional

from portal.business_cases.appraisal import BIAS, LONGEST_APPRAISAL, ProjectKind
from portal.business_cases.forms import LONGEST_NOTE, WholeNumberField
from portal.business_cases.models import CaseOption, OptionYear
from portal.business_cases.services import Uplift
from portal.web.forms import MoneyField, PortalForm, VersionField

_NO_KIND = "none"


class YearForm(Form):
    """One year: an empty box is nothing."""

    one_off = MoneyField("Spent once")
    yearly = MoneyField("Running costs")
    benefit = MoneyField("Saved or earned")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written for this year."""
        return all(each.data is None for each in (self.one_off, self.yearly, self.benefit))


class YearsForm(PortalForm):
    """Every year from the first on, and what is added to the costs because such projects cost more than was thought."""

    years = FieldList(FormField(YearForm), min_entries=1, max_entries=LONGEST_APPRAISAL)
    project_kind = RadioField(
        "What sort of project is it?",
        choices=[
            SelectChoice(_NO_KIND, "None of these: add nothing to the costs"),
            *(SelectChoice(kind.value, kind.title) for kind in ProjectKind),
        ],
        default=_NO_KIND,
    )
    one_off_bias = WholeNumberField(
        "Add to what is spent once", [Optional(), NumberRange(0, 500, "Enter between 0 and 500 per cent")]
    )
    yearly_bias = WholeNumberField(
        "Add to running costs", [Optional(), NumberRange(0, 500, "Enter between 0 and 500 per cent")]
    )
    bias_reason = TextAreaField(
        "If you add less than is usual, why",
        [Length(max=LONGEST_NOTE, message=f"Keep this under {LONGEST_NOTE:,} characters")],
    )
    version = VersionField()

    def validate_bias_reason(self, field: Field) -> None:
        """Less than the usual needs a reason."""
        if self.project_kind.errors:
            return
        if self.uplift.below_usual and not (field.data or "").strip():
            usual = BIAS[ProjectKind(self.project_kind.data)]
            raise ValidationError(
                f"Usual for such a project: {usual.one_off}% once and {usual.yearly}% on running costs. "
                "Say why you add less."
            )

    @property
    def uplift(self) -> Uplift:
        """What was typed about optimism; an empty box is the usual addition for such a project."""
        if self.project_kind.data == _NO_KIND:
            return Uplift()
        kind = ProjectKind(self.project_kind.data)
        usual = BIAS[kind]
        once = usual.one_off if self.one_off_bias.data is None else self.one_off_bias.data
        yearly = usual.yearly if self.yearly_bias.data is None else self.yearly_bias.data
        return Uplift(kind, once, yearly, (self.bias_reason.data or "").strip())

    @property
    def typed(self) -> list[OptionYear]:
        """The years as they are kept; empty ones at the end are left out, the first year never."""
        rows: Sequence[YearForm] = [entry.form for entry in self.years]
        last = max((number for number, row in enumerate(rows) if not row.is_empty), default=0)
        return [
            OptionYear(
                year=number,
                one_off_pence=row.one_off.data or 0,
                yearly_pence=row.yearly.data or 0,
                benefit_pence=row.benefit.data or 0,
            )
            for number, row in enumerate(rows[: last + 1])
        ]

    @classmethod
    def of(cls, option: CaseOption) -> "YearsForm":
        """The form as it begins."""
        known = [
            {"one_off": each.one_off_pence, "yearly": each.yearly_pence, "benefit": each.benefit_pence}
            for each in option.money
        ]
        kind = option.project_kind
        return cls(
            years=known,
            project_kind=kind.value if kind else _NO_KIND,
            one_off_bias=option.one_off_bias if kind else None,
            yearly_bias=option.yearly_bias if kind else None,
            bias_reason=option.bias_reason,
            version=option.version,
        )

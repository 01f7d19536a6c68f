"""The forms of a business case."""

from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation

from portal.business_cases.pathway import Level, OptionKind, SectionKey
from portal.law.money import Vat
from portal.law.words import Worded
from portal.web.forms import MoneyField, PortalForm, VersionField

LONGEST_SECTION = 8_000
LONGEST_NOTE = 2_000


def _choices(kinds: type[Worded]) -> list[SelectChoice]:
    return [SelectChoice(kind.value, kind.title) for kind in kinds]


class WholeNumberField(IntegerField):
    """A whole number; anything else is kept as typed and said to be none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises `ValueError` with a sentence."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data: Any = None
        if typed:
            if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
                raise ValueError("Enter a whole number, such as 3")
            self.data = int(typed)

    def pre_validate(self, form: Any) -> None:
        """Stop at what could not be read, so that nothing else is said about it."""
        if self.process_errors:
            raise StopValidation


class SectionForm(PortalForm):
    """One section's text. It may be saved empty, which makes it unwritten again."""

    text = TextAreaField(
        "Your text",
        [Length(max=LONGEST_SECTION, message=f"Keep this section under {LONGEST_SECTION:,} characters")],
    )
    version = VersionField()


class MoneyForm(PortalForm):
    """How much is asked for, and out of what."""

    amount = MoneyField(
        "Amount asked for",
        validators=[InputRequired("Enter the amount you ask for"), NumberRange(min=1, message="Ask for more than £0")],
    )
    vat = RadioField(
        "Do the figures in this case include VAT?",
        [InputRequired("Say whether the figures include VAT")],
        choices=_choices(Vat),
    )
    money_source = StringField(
        "Where the money comes from",
        [
            DataRequired("Say where the money comes from"),
            Length(max=200, message="Keep this under 200 characters"),
        ],
        description="For example a revenue budget, a capital programme or a grant.",
    )
    budget_code = StringField(
        "Budget code",
        [DataRequired("Enter the budget code"), Length(max=40, message="Keep the code under 40 characters")],
    )
    gap_note = TextAreaField(
        "If this does not pay for all of the preferred option: how is the rest found? (optional)",
        [Length(max=LONGEST_NOTE, message=f"Keep this under {LONGEST_NOTE:,} characters")],
        description="Money from others counts once they have agreed in writing; name it under money from elsewhere.",
    )
    no_tender_statement = BooleanField("No tender has been issued for this need")
    version = VersionField()


class OptionForm(PortalForm):
    """One option with its costs."""

    name = StringField(
        "What could be done",
        [
            DataRequired("Name the option in a few words"),
            Length(max=120, message="Keep the name under 120 characters"),
        ],
    )
    kind = RadioField(
        "What sort of option is it?",
        [InputRequired("Say what sort of option it is")],
        choices=_choices(OptionKind),
    )
    one_off = MoneyField("Cost once", validators=[InputRequired("Enter the cost, or 0")])
    yearly = MoneyField("Cost each year", validators=[InputRequired("Enter the cost of each year, or 0")])
    benefit = MoneyField(
        "What it saves or brings in money each year (optional)",
        description="Only what can be put in pounds with evidence. Everything else belongs in words below.",
    )
    years = WholeNumberField(
        "For how many years",
        validators=[
            InputRequired("Enter the number of years"),
            NumberRange(min=1, max=60, message="Enter between 1 and 60 years"),
        ],
    )
    brings = TextAreaField(
        "What it brings",
        [
            DataRequired("Say what it brings, or what happens without it"),
            Length(max=LONGEST_NOTE, message=f"Keep this under {LONGEST_NOTE:,} characters"),
        ],
    )
    version = VersionField()

    def without_money(self) -> "OptionForm":
        """The form of an option whose money is written year by year, on a page of its own."""
        del self.one_off, self.yearly, self.benefit, self.years
        return self

    @property
    def fields(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        words = {"name": self.name.data, "kind": OptionKind(self.kind.data), "brings": self.brings.data}
        if "one_off" not in self:
            return words
        return words | {
            "one_off_pence": self.one_off.data,
            "yearly_pence": self.yearly.data,
            "benefit_pence": self.benefit.data or 0,
            "years": self.years.data,
        }


class ContributionForm(PortalForm):
    """Money from somebody else."""

    source = StringField(
        "Who puts it in",
        [DataRequired("Say who puts it in"), Length(max=200, message="Keep this under 200 characters")],
        description="For example a grant with its reference, another council, or a health trust.",
    )
    amount = MoneyField(
        "How much", [InputRequired("Enter how much they put in"), NumberRange(min=1, message="Enter more than £0")]
    )
    agreed = RadioField(
        "Have they agreed in writing?",
        [InputRequired("Say whether they have agreed in writing")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "Not yet")],
    )


class RiskForm(PortalForm):
    """Something that could go wrong."""

    what = TextAreaField(
        "What could go wrong",
        [
            DataRequired("Say what could go wrong"),
            Length(max=LONGEST_NOTE, message=f"Keep this under {LONGEST_NOTE:,} characters"),
        ],
    )
    likelihood = RadioField("How likely is it?", [InputRequired("Say how likely it is")], choices=_choices(Level))
    impact = RadioField("How bad would it be?", [InputRequired("Say how bad it would be")], choices=_choices(Level))
    answer = TextAreaField(
        "What is done about it, and by whom",
        [
            DataRequired("Say what is done about it, and by whom"),
            Length(max=LONGEST_NOTE, message=f"Keep this under {LONGEST_NOTE:,} characters"),
        ],
    )


class CommentForm(PortalForm):
    """What to change in one section."""

    section = SelectField(
        "Section",
        [InputRequired("Choose the section")],
        choices=_choices(SectionKey),
    )
    text = TextAreaField(
        "What should change",
        [
            DataRequired("Say what should change in this section"),
            Length(max=LONGEST_NOTE, message=f"Keep this under {LONGEST_NOTE:,} characters"),
        ],
    )

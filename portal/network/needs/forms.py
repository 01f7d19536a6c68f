"""What is typed about a planned purchase."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import BooleanField, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.db import clock
from portal.law.calendar import london_date
from portal.law.money import Vat
from portal.network.categories import Category
from portal.network.needs.models import PlannedNeed, Risk, Theme
from portal.network.needs.quarters import quarters_from, words_of
from portal.network.needs.reading import cpv_code
from portal.web.forms import GovDateField, MoneyField, PortalForm, VersionField, one_line

AHEAD = 13
"""Quarters that can be chosen: this one and three years."""


class NeedForm(PortalForm):
    """One planned purchase."""

    title = StringField(
        "What do you plan to buy?",
        validators=[DataRequired("Say what you plan to buy."), Length(max=160, message="Use at most 160 characters.")],
        filters=[one_line],
        description="For example, repainting of twelve stairwells.",
    )
    category = StringField(
        "What kind of thing is it?",
        validators=[
            DataRequired("Say what kind of thing it is."),
            Length(max=120, message="Use at most 120 characters."),
        ],
        filters=[one_line],
        description="Plain words that the other bodies would use too, such as painting, catering or gardening.",
    )
    found = RadioField("Which of these is it?", choices=[], validate_choice=False, validators=[Optional()])
    category_code = StringField(
        "CPV code (optional)",
        description="The eight digits of the Common Procurement Vocabulary, such as 45442100 for painting.",
    )
    quarter = SelectField("When?", validators=[InputRequired("Choose a quarter.")])
    value_pence = MoneyField("Estimated value (optional)", description="The whole contract, with every extension.")
    vat = RadioField("Is VAT in it?", choices=[SelectChoice(each.value, each.title) for each in Vat])
    risk = RadioField(
        "How risky is it if the supplier fails?",
        choices=[SelectChoice(each.value, each.title) for each in Risk],
        validators=[InputRequired("Say how risky it is.")],
    )
    influenceable = BooleanField(
        "We can still decide how it is bought", description="Leave this empty where a framework binds you."
    )
    theme = SelectField("Theme", choices=[SelectChoice(each.value, each.title) for each in Theme])
    contract_ends_on = GovDateField("When does today’s contract end? (optional)", description="For example, 31 3 2027")
    framework_ends_on = GovDateField("When does its framework end? (optional)")
    notes = TextAreaField("Notes (optional)", validators=[Length(max=2000, message="Use at most 2,000 characters.")])
    shared = BooleanField(
        "Share it with the network", description="Only then do the other bodies see it. They never see your notes."
    )
    version = VersionField()
    offered: frozenset[str] = frozenset()
    """The codes that can be chosen by their names."""

    def offer_quarters(self, kept: date | None = None) -> None:
        """The quarters to choose from; `kept` is one that was chosen before and may have passed."""
        offered = list(quarters_from(london_date(clock.now()), AHEAD))
        shown = offered if kept is None or kept in offered else [kept, *offered]
        self.quarter.choices = [SelectChoice("", "Choose one"), *(SelectChoice(str(q), words_of(q)) for q in shown)]

    def offer_categories(self, found: Iterable[Category]) -> None:
        """What the words for the kind of thing may be in the official vocabulary; one that is chosen is its code."""
        known = list(found)
        named = [SelectChoice(each.code, f"{each.name} ({each.code})") for each in known]
        self.offered = frozenset(each.code for each in known)
        self.found.choices = [*named, SelectChoice("", "None of these")] if named else []

    def validate_category_code(self, field: StringField) -> None:
        """Eight digits, or nothing."""
        try:
            cpv_code(field.data or "")
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    @property
    def _code(self) -> str | None:
        """The category that was chosen by its name, or else the code that was typed."""
        chosen = self.found.data if self.found.data in self.offered else ""
        return cpv_code(chosen or self.category_code.data or "")

    @property
    def told(self) -> dict[str, Any]:
        """The columns of what was typed."""
        return {
            "title": self.title.data or "",
            "category": self.category.data or "",
            "category_code": self._code,
            "quarter": date.fromisoformat(str(self.quarter.data)),
            "value_pence": self.value_pence.data,
            "vat": Vat(self.vat.data),
            "risk": Risk(self.risk.data),
            "influenceable": bool(self.influenceable.data),
            "theme": Theme(self.theme.data),
            "contract_ends_on": self.contract_ends_on.data,
            "framework_ends_on": self.framework_ends_on.data,
            "notes": self.notes.data or "",
        }


def new_need_form(**options: Any) -> NeedForm:
    """An empty form, or what was sent of one."""
    begun = {"vat": Vat.INCLUSIVE.value, "theme": Theme.NONE.value, "influenceable": True, "shared": True}
    form = NeedForm(data=begun, **options)
    form.offer_quarters()
    return form


def need_form(need: PlannedNeed, **options: Any) -> NeedForm:
    """The form of a need that is there, as it stands or as it was sent."""
    names = ("title", "category", "value_pence", "influenceable", "contract_ends_on", "framework_ends_on", "notes")
    begun: dict[str, Any] = {name: getattr(need, name) for name in (*names, "version")}
    begun |= {name: getattr(need, name).value for name in ("vat", "risk", "theme")}
    begun |= {"category_code": need.category_code or "", "quarter": str(need.quarter), "shared": bool(need.shared_at)}
    form = NeedForm(data=begun, **options)
    form.offer_quarters(need.quarter)
    return form


class FileForm(PortalForm):
    """A file of planned purchases."""

    file = FileField("File (CSV)", description="At most 2 MB. In a spreadsheet program, choose Save as, then CSV.")
    shared = BooleanField("Share them all with the network", description="You can change it for each one afterwards.")


class VersionForm(PortalForm):
    """A button that says which version it was pressed at."""

    version = VersionField()

"""What is typed about changes of contract."""

from datetime import date
from typing import Any

from wtforms import Field, FormField, RadioField, StringField, TextAreaField
from wtforms.fields import FieldList
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.law.modifications import ModificationGround, OptionTerms
from portal.partnerships.forms.contracts import TargetForm
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.pathway import PHASE
from portal.partnerships.plans import ChangePlan, PhasePlan
from portal.web.forms import GovDateField, MoneyField, PortalForm, VersionField

_TARGETS_ADDED = 3
_LONG = Length(max=4_000, message="Use 4,000 characters or fewer.")
_YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]


class ChangeForm(PortalForm):
    """A proposed change, but for the phases and the option, which `change_form` adds."""

    title = StringField(
        "What changes, in a few words",
        [DataRequired("Say what changes."), Length(max=120, message="Use 120 characters or fewer.")],
        description="It is published once the change is in force.",
    )
    why = TextAreaField("Why is it needed?", [DataRequired("Say why it is needed."), _LONG])
    scope = RadioField(
        "Does what the firm is to do change materially?",
        [InputRequired("Say whether the scope changes.")],
        choices=_YES_NO,
    )
    favours = RadioField(
        "Does the balance move materially in the firm’s favour?",
        [InputRequired("Say whether the balance moves in the firm’s favour.")],
        choices=_YES_NO,
        description="For example, more money for the same work, or an option to buy that costs more.",
    )
    ground = RadioField(
        "Why may the contract be changed without a new procurement?",
        [InputRequired("Choose the ground.")],
        choices=[SelectChoice(each.value, each.title) for each in ModificationGround],
    )
    ground_reason = TextAreaField("Why does this ground hold?", [_LONG])
    waits = RadioField(
        "If a contract change notice is due, wait eight working days after it (voluntary standstill)?",
        choices=_YES_NO,
        default="no",
        description="Nobody must. A change that was waited for can hardly be set aside afterwards.",
    )

    adds = RadioField("Add a phase after the last one?", choices=_YES_NO, default="no")
    added_title = StringField(
        "What is done in the new phase", [Length(max=120, message="Use 120 characters or fewer.")]
    )
    added_starts_on = GovDateField("New phase: first day")
    added_ends_on = GovDateField("New phase: last day")
    added_payment = MoneyField("New phase: paid when it passes its gate")
    added_targets = FieldList(FormField(TargetForm), min_entries=_TARGETS_ADDED, max_entries=_TARGETS_ADDED)

    def validate_added_title(self, field: Field) -> None:
        """A phase is called something, and what is called something is meant to be added."""
        self._needed(field, "Say what is done in the new phase.")
        if self.adds.data == "no" and field.data:
            raise ValidationError("Choose “Yes” above to add this phase, or leave it empty.")

    def validate_added_starts_on(self, field: Field) -> None:
        """A phase has a first day."""
        self._needed(field, "Enter the first day of the new phase.")

    def validate_added_ends_on(self, field: Field) -> None:
        """A phase ends on or after its first day."""
        self._needed(field, "Enter the last day of the new phase.")
        first = self.added_starts_on.data
        if self.adds.data == "yes" and field.data and first and field.data < first:
            raise ValidationError("The last day must be on or after the first.")

    def validate_added_payment(self, field: Field) -> None:
        """A phase that pays nothing says so."""
        self._needed(field, "Enter what the new phase pays; 0 where it pays nothing.")

    def validate_added_targets(self, field: Any) -> None:
        """A phase without a target could not be judged at its gate."""
        if self.adds.data == "yes" and not self._targets:
            raise ValidationError("The new phase needs at least one target.")

    def _needed(self, field: Field, sentence: str) -> None:
        if self.adds.data == "yes" and not field.errors and field.data in (None, ""):
            raise ValidationError(sentence)

    @property
    def _targets(self) -> tuple[tuple[str, str], ...]:
        typed = (((each.text.data or "").strip(), (each.measure.data or "").strip()) for each in self.added_targets)
        return tuple((text, measure) for text, measure in typed if text)

    def validate_ground_reason(self, field: Field) -> None:
        """A ground of the Act is argued for."""
        if self.ground.data not in (None, ModificationGround.OUTSIDE.value) and not field.data:
            raise ValidationError("Say why this ground holds.")

    def plan(self, contract: Partnership) -> ChangePlan:
        """What was typed, as the service takes it."""
        wanted: dict[int, tuple[date, int]] = {
            each.number: (self[f"ends_{each.number}"].data, self[f"pays_{each.number}"].data)
            for each in changeable(contract)
        }
        return ChangePlan(
            title=str(self.title.data),
            why=str(self.why.data),
            phases=wanted,
            scope_changes=self.scope.data == "yes",
            favours_firm=self.favours.data == "yes",
            ground=ModificationGround(self.ground.data),
            ground_reason=self.ground_reason.data or "",
            waits=self.waits.data == "yes",
            added=self._added(),
            option=self._option(),
        )

    def _added(self) -> PhasePlan | None:
        if self.adds.data != "yes":
            return None
        days = self.added_starts_on.data, self.added_ends_on.data
        return PhasePlan(str(self.added_title.data), *days, self.added_payment.data, self._targets)

    def _option(self) -> OptionTerms | None:
        """The terms of the purchase option as typed; None where the form does not ask for them."""
        if "option_level" not in self:
            return None
        # A browser sends line breaks in its own way: a level that nobody touched must not read as changed.
        level = str(self["option_level"].data).replace("\r\n", "\n")
        return OptionTerms(level, self["option_maximum"].data, self["option_expires_on"].data)


def changeable(contract: Partnership) -> list[Phase]:
    """The phases that a change can still touch."""
    return [each for each in contract.phases if not PHASE[each.state].end]


def _not_before(phase: Phase) -> Any:
    def check(_form: Any, field: Field) -> None:
        if field.data and field.data < phase.starts_on:
            raise ValidationError(f"Phase {phase.number} cannot end before it begins.")

    return check


def change_form(contract: Partnership) -> ChangeForm:
    """The form of a change of this contract, with the last day and the payment of each phase it can touch."""
    fields: dict[str, Any] = {}
    known: dict[str, Any] = {}
    for each in changeable(contract):
        fields[f"ends_{each.number}"] = GovDateField(
            f"Phase {each.number}: last day", [InputRequired("Enter the last day."), _not_before(each)]
        )
        fields[f"pays_{each.number}"] = MoneyField(
            f"Phase {each.number}: payment", [InputRequired("Enter the payment; 0 where there is none.")]
        )
        known |= {f"ends_{each.number}": each.ends_on, f"pays_{each.number}": each.payment_pence}
    if contract.option is not None:
        fields |= _option_fields()
        known |= {
            "option_level": contract.option.level,
            "option_maximum": contract.option.maximum_pence,
            "option_expires_on": contract.option.expires_on,
        }
    form: ChangeForm = type("ContractChangeForm", (ChangeForm,), fields)(**known)
    return form


def _option_fields() -> dict[str, Any]:
    """The terms of the purchase option, where the contract offers one."""
    return {
        "option_level": TextAreaField("Performance level it must reach", [DataRequired("Say which level."), _LONG]),
        "option_maximum": MoneyField("Most it may cost", [InputRequired("Enter the most it may cost.")]),
        "option_expires_on": GovDateField("Last day to decide", [InputRequired("Enter the last day to decide.")]),
    }


class DecideChangeForm(PortalForm):
    """Whether a change is agreed to, and why."""

    decision = RadioField(
        "What do you decide?",
        [InputRequired("Say what you decide.")],
        choices=[SelectChoice("agree", "Agree to it"), SelectChoice("refuse", "Do not agree")],
    )
    reason = TextAreaField("Why?", [DataRequired("Say why."), _LONG])
    version = VersionField()

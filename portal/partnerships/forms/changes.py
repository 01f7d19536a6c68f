"""What is typed about changes of contract."""

from datetime import date
from typing import Any

from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.law.modifications import ModificationGround
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.pathway import PHASE
from portal.partnerships.plans import ChangePlan
from portal.web.forms import GovDateField, MoneyField, PortalForm, VersionField

_LONG = Length(max=4_000, message="Use 4,000 characters or fewer.")
_YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]


class ChangeForm(PortalForm):
    """A proposed change, but for the phases, which `change_form` adds."""

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
        description="For example, more money for the same work.",
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
        )


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
    form: ChangeForm = type("ContractChangeForm", (ChangeForm,), fields)(**known)
    return form


class DecideChangeForm(PortalForm):
    """Whether a change is agreed to, and why."""

    decision = RadioField(
        "What do you decide?",
        [InputRequired("Say what you decide.")],
        choices=[SelectChoice("agree", "Agree to it"), SelectChoice("refuse", "Do not agree")],
    )
    reason = TextAreaField("Why?", [DataRequired("Say why."), _LONG])
    version = VersionField()

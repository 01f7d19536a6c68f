"""What is typed about contracts, phases and gates."""

from typing import Any

from wtforms import Field, Form, FormField, RadioField, StringField, TextAreaField
from wtforms.fields import FieldList
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, ValidationError

from portal.db import clock
from portal.law.calendar import london_date
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.plans import PhasePlan, Terms
from portal.web.forms import GovDateField, MoneyField, PortalForm, VersionField

_LONG = 4_000
_YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
TARGETS_A_PHASE = 5


class ContractForm(PortalForm):
    """The terms of one contract. The terms in words may come later; activation asks for them."""

    contract_reference = StringField(
        "Contract reference",
        [InputRequired("Enter the contract's reference."), Length(max=60, message="Use 60 characters or fewer.")],
        description="As your contract register has it.",
    )
    value = MoneyField("What the contract is worth", [InputRequired("Enter what the contract is worth.")])
    ip_terms = TextAreaField(
        "Who owns what is made, and who may use it (intellectual property)",
        [Length(max=_LONG, message="Use 4,000 characters or fewer.")],
        description="As the brief announced it.",
    )
    gate_break_terms = TextAreaField(
        "When and how either side may stop at a gate",
        [Length(max=_LONG, message="Use 4,000 characters or fewer.")],
        description="Missing a target ends nothing by itself: only what is agreed here allows it.",
    )
    option_offered = RadioField("Does the contract offer to buy the finished thing?", choices=_YES_NO, default="no")
    option_level = TextAreaField(
        "Performance level it must reach", [Length(max=_LONG, message="Use 4,000 characters or fewer.")]
    )
    option_maximum = MoneyField("Most it may cost")
    option_expires_on = GovDateField("Last day to decide", description="For example, 31 3 2028")
    version = VersionField()

    def validate_option_level(self, field: Field) -> None:
        """An option needs its level."""
        self._needed(field, "Say which level of performance it must reach.")

    def validate_option_maximum(self, field: Field) -> None:
        """An option needs its maximum cost."""
        self._needed(field, "Enter the most it may cost.")

    def validate_option_expires_on(self, field: Field) -> None:
        """An option needs its last day."""
        self._needed(field, "Enter the last day to decide.")

    def _needed(self, field: Field, sentence: str) -> None:
        if self.option_offered.data == "yes" and not field.errors and field.data in (None, ""):
            raise ValidationError(sentence)

    @property
    def terms(self) -> Terms:
        """What was typed, as the service takes it."""
        offered = self.option_offered.data == "yes"
        return Terms(
            contract_reference=str(self.contract_reference.data),
            value_pence=self.value.data,
            ip_terms=self.ip_terms.data or "",
            gate_break_terms=self.gate_break_terms.data or "",
            option_offered=offered,
            option_level=(self.option_level.data or "") if offered else "",
            option_maximum_pence=self.option_maximum.data if offered else None,
            option_expires_on=self.option_expires_on.data if offered else None,
        )

    @classmethod
    def of(cls, contract: Partnership | None, deal: str) -> "ContractForm":
        """The form as it begins: from the contract, or with what the deal said of intellectual property."""
        if contract is None:
            return cls(ip_terms=deal)
        return cls(
            obj=contract,
            value=contract.value_pence,
            option_offered="yes" if contract.option_offered else "no",
            option_maximum=contract.option_maximum_pence,
        )


class TargetForm(Form):
    """One target and how it is measured; two empty boxes are no target."""

    text = StringField("What must be reached", [Length(max=200, message="Use 200 characters or fewer.")])
    measure = StringField("How it is measured", [Length(max=200, message="Use 200 characters or fewer.")])

    def validate_measure(self, field: Field) -> None:
        """A target that cannot be measured cannot be judged."""
        if (self.text.data or "").strip() and not (field.data or "").strip():
            raise ValidationError("Say how this target is measured.")

    def validate_text(self, field: Field) -> None:
        """A measure needs its target."""
        if (self.measure.data or "").strip() and not (field.data or "").strip():
            raise ValidationError("Say what must be reached.")


class PhaseForm(PortalForm):
    """One phase: its dates, its payment and its targets."""

    title = StringField(
        "What is done in this phase",
        [InputRequired("Say what is done in this phase."), Length(max=120, message="Use 120 characters or fewer.")],
    )
    starts_on = GovDateField("First day", [InputRequired("Enter the first day.")], description="For example, 11 1 2027")
    ends_on = GovDateField("Last day", [InputRequired("Enter the last day.")], description="For example, 30 4 2027")
    payment = MoneyField("Paid when it passes its gate", [InputRequired("Enter the payment; 0 where there is none.")])
    targets = FieldList(FormField(TargetForm), min_entries=TARGETS_A_PHASE, max_entries=20)
    version = VersionField()

    def validate_ends_on(self, field: Field) -> None:
        """A phase ends on or after its first day."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("The last day must be on or after the first.")

    @property
    def plan(self) -> PhasePlan:
        """What was typed, as the service takes it."""
        typed = [((each.text.data or "").strip(), (each.measure.data or "").strip()) for each in self.targets]
        return PhasePlan(
            title=str(self.title.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            payment_pence=self.payment.data,
            targets=tuple((text, measure) for text, measure in typed if text),
        )

    @classmethod
    def of(cls, phase: Phase | None) -> "PhaseForm":
        """The form as it begins, with room for a few targets."""
        if phase is None:
            return cls()
        known = [{"text": each.text, "measure": each.measure} for each in phase.targets]
        form = cls(obj=_Planned(phase, known))
        while len(form.targets) < TARGETS_A_PHASE:
            form.targets.append_entry()
        return form


class _Planned:
    def __init__(self, phase: Phase, targets: list[dict[str, str]]) -> None:
        self.title, self.starts_on, self.ends_on = phase.title, phase.starts_on, phase.ends_on
        self.payment, self.targets, self.version = phase.payment_pence, targets, phase.version


class SignedForm(PortalForm):
    """The day the contract was signed."""

    signed_on = GovDateField("When was it signed?", [InputRequired("Enter the day it was signed.")])

    def validate_signed_on(self, field: Field) -> None:
        """It has happened."""
        if field.data and field.data > london_date(clock.now()):
            raise ValidationError("The day it was signed cannot be in the future.")


class EvidenceForm(PortalForm):
    """What a phase delivered."""

    evidence = TextAreaField(
        "What was delivered, and how can one tell?",
        [
            InputRequired("Say what was delivered, and how one can tell."),
            Length(max=_LONG, message="Use 4,000 characters or fewer."),
        ],
        description="Name what was seen working, where, and what was measured. The gate reviews this.",
    )


class ReasonForm(PortalForm):
    """Why something ends."""

    reason = TextAreaField(
        "Why?", [InputRequired("Say why."), Length(max=_LONG, message="Use 4,000 characters or fewer.")]
    )


class MeasureForm(PortalForm):
    """What was measured against the purchase option's level, and its final cost."""

    measured = TextAreaField(
        "What was measured",
        [InputRequired("Say what was measured."), Length(max=_LONG, message="Use 4,000 characters or fewer.")],
    )
    level_met = RadioField(
        "Is the agreed level met?", [InputRequired("Say whether the agreed level is met.")], choices=_YES_NO
    )
    final = MoneyField("What buying it would finally cost", [InputRequired("Enter what it would cost.")])


class ConditionsMetForm(PortalForm):
    """How the conditions of a gate were met."""

    how = TextAreaField(
        "How were they met, and how can one tell?",
        [InputRequired("Say how they were met."), Length(max=_LONG, message="Use 4,000 characters or fewer.")],
        description="The firm reads this.",
    )


def _with_its_decision(form: Any, field: Field) -> None:
    """Conditions come with their decision, and it with them."""
    conditional = form.decision.data == "pass_with_conditions"
    if conditional and not field.data:
        raise ValidationError("Write the conditions down.")
    if field.data and form.decision.data and not conditional:
        raise ValidationError("Choose “Pass with conditions”, or leave this empty.")


def gate_form(phase: Phase) -> Any:
    """The form of a gate: one question a target, the decision, its conditions and its reason."""
    fields: dict[str, Any] = {
        f"target_{each.number}": RadioField(
            each.text,
            [InputRequired("Say whether this target was met.")],
            choices=[SelectChoice("yes", "Met"), SelectChoice("no", "Not met")],
            description=f"Measured by: {each.measure}",
            default=None if each.met is None else "yes" if each.met else "no",
        )
        for each in phase.targets
    }
    fields["decision"] = RadioField(
        "What do you decide?",
        [InputRequired("Say what you decide.")],
        choices=[
            SelectChoice("pass", "Pass: pay for it and go on"),
            SelectChoice("pass_with_conditions", "Pass with conditions: pay for it, and go on once they are met"),
            SelectChoice("fail", "Do not pass"),
            SelectChoice("stop", "Stop this phase"),
        ],
    )
    fields["conditions"] = TextAreaField(
        "Conditions",
        [Length(max=_LONG, message="Use 4,000 characters or fewer."), _with_its_decision],
        description="Only if you pass it with conditions: what must be done before the next phase starts. "
        "The firm reads this.",
        default=phase.gate_conditions,
    )
    fields["reason"] = TextAreaField(
        "Why?",
        [InputRequired("Say why."), Length(max=_LONG, message="Use 4,000 characters or fewer.")],
        description="The firm reads this.",
    )
    return type("GateForm", (PortalForm,), fields)()


def judged(form: Any, phase: Phase) -> dict[int, bool]:
    """What a gate's form says of each target, by its number."""
    return {each.number: form[f"target_{each.number}"].data == "yes" for each in phase.targets}

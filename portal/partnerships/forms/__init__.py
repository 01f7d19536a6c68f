"""What is typed about partnerships."""

from portal.partnerships.forms.contracts import (
    ConditionsMetForm,
    ContractForm,
    EvidenceForm,
    MeasureForm,
    PhaseForm,
    ReasonForm,
    SignedForm,
    gate_form,
    judged,
)

__all__ = [
    "ConditionsMetForm",
    "ContractForm",
    "EvidenceForm",
    "MeasureForm",
    "PhaseForm",
    "ReasonForm",
    "SignedForm",
    "gate_form",
    "judged",
]

"""What is typed about partnerships."""

from portal.partnerships.forms.contracts import (
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
    "ContractForm",
    "EvidenceForm",
    "MeasureForm",
    "PhaseForm",
    "ReasonForm",
    "SignedForm",
    "gate_form",
    "judged",
]

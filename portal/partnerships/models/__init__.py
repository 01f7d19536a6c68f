"""The tables of partnerships."""

from portal.partnerships.models.benefits import SeenBenefit
from portal.partnerships.models.changes import AddedPhase, AddedTarget, ChangeLine, ContractChange, OptionChange
from portal.partnerships.models.contract import Partnership, Phase, Target
from portal.partnerships.models.events import Matter, PartnershipEvent, SettledMatter
from portal.partnerships.models.evidence import EvidenceFile
from portal.partnerships.models.invoices import Invoice

__all__ = [
    "AddedPhase",
    "AddedTarget",
    "ChangeLine",
    "ContractChange",
    "EvidenceFile",
    "Invoice",
    "Matter",
    "OptionChange",
    "Partnership",
    "PartnershipEvent",
    "Phase",
    "SeenBenefit",
    "SettledMatter",
    "Target",
]

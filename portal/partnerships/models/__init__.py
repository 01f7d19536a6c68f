"""The tables of partnerships."""

from portal.partnerships.models.benefits import SeenBenefit
from portal.partnerships.models.changes import ChangeLine, ContractChange
from portal.partnerships.models.contract import Partnership, Phase, Target
from portal.partnerships.models.events import Matter, PartnershipEvent, SettledMatter
from portal.partnerships.models.invoices import Invoice

__all__ = [
    "ChangeLine",
    "ContractChange",
    "Invoice",
    "Matter",
    "Partnership",
    "PartnershipEvent",
    "Phase",
    "SeenBenefit",
    "SettledMatter",
    "Target",
]

"""The pages of contracts and partnerships."""

from portal.partnerships.views import (
    benefits,
    changes,
    contracts,
    events,
    evidence,
    gates,
    invoices,
    payments,
    reports,
    settlement,
    work,
)
from portal.partnerships.views.blueprint import blueprint

__all__ = [
    "benefits",
    "blueprint",
    "changes",
    "contracts",
    "events",
    "evidence",
    "gates",
    "invoices",
    "payments",
    "reports",
    "settlement",
    "work",
]

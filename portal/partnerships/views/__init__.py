"""The pages of contracts and partnerships."""

from portal.partnerships.views import contracts, gates, invoices, payments, work
from portal.partnerships.views.blueprint import blueprint

__all__ = ["blueprint", "contracts", "gates", "invoices", "payments", "work"]

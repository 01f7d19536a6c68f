"""The pages of contracts and partnerships."""

from portal.partnerships.views import changes, contracts, gates, invoices, payments, work
from portal.partnerships.views.blueprint import blueprint

__all__ = ["blueprint", "changes", "contracts", "gates", "invoices", "payments", "work"]

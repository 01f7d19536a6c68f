"""The pages of contracts and partnerships."""

from portal.partnerships.views import changes, contracts, events, gates, invoices, payments, settlement, work
from portal.partnerships.views.blueprint import blueprint

__all__ = ["blueprint", "changes", "contracts", "events", "gates", "invoices", "payments", "settlement", "work"]

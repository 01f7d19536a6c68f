"""How messages about partnerships are worded; importing them registers their wordings."""

from portal.partnerships.messages import changes, events, payments, work

__all__ = ["changes", "events", "payments", "work"]

"""How messages about partnerships are worded; importing them registers their wordings."""

from portal.partnerships.messages import benefits, changes, events, payments, work

__all__ = ["benefits", "changes", "events", "payments", "work"]

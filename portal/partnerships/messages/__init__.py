"""How messages about partnerships are worded; importing them registers their wordings."""

from portal.partnerships.messages import changes, payments, work

__all__ = ["changes", "payments", "work"]

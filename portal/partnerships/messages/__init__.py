"""How messages about partnerships are worded; importing them registers their wordings."""

from portal.partnerships.messages import payments, work

__all__ = ["payments", "work"]

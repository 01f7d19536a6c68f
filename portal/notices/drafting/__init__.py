"""Notices drafted in full: every field the regulations ask for, and where what it says came from."""

from portal.notices.drafting.drafts import Draft, draft_of
from portal.notices.drafting.fields import Field

__all__ = ["Draft", "Field", "draft_of"]

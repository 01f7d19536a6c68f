"""The pages of notices and of the award."""

from portal.notices.views import award, claims, notices, summaries
from portal.notices.views.blueprint import blueprint

__all__ = ["award", "blueprint", "claims", "notices", "summaries"]

"""The pages of what chosen firms are asked before a public contract."""

from portal.exclusions.views import checking, telling
from portal.exclusions.views.blueprint import blueprint

__all__ = ["blueprint", "checking", "telling"]

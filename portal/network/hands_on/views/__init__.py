"""The pages of hands-on support: a firm's consent, an adviser's cases, the directory."""

from portal.network.hands_on.views import cases, consent, directory
from portal.network.hands_on.views.blueprint import blueprint

__all__ = ["blueprint", "cases", "consent", "directory"]

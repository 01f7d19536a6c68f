"""The pages of support: inside a challenge, on an adviser's desk, and for the firm itself."""

from portal.support import messages
from portal.support.views import desk, own, plans
from portal.support.views.base import blueprint

__all__ = ["blueprint", "desk", "messages", "own", "plans"]

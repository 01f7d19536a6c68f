"""The pages of the supplier register: the public's, and a firm's own."""

from portal.network.register.views import own, public
from portal.network.register.views.blueprint import blueprint

__all__ = ["blueprint", "own", "public"]

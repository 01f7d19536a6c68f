"""The pages of bodies: registering one, joining one, and looking after it."""

from portal.organisations.views import bodies, joining, managing, people, registering
from portal.organisations.views.blueprint import blueprint

__all__ = ["blueprint", "bodies", "joining", "managing", "people", "registering"]

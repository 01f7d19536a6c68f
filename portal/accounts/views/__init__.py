"""The pages of people: registering, signing in, passwords, invitations, one's account."""

from portal.accounts.views import account, invitations, passwords, registering, signing_in
from portal.accounts.views.blueprint import blueprint

__all__ = ["account", "blueprint", "invitations", "passwords", "registering", "signing_in"]

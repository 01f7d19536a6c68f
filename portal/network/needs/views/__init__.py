"""The pages of planned needs: a body's own, and the network's together."""

from portal.network.needs.views import bringing, own, together
from portal.network.needs.views.blueprint import blueprint

__all__ = ["blueprint", "bringing", "own", "together"]

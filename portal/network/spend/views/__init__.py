"""The pages of import replacement."""

from portal.network.spend.views import categories, circles, files, flows, names, places
from portal.network.spend.views.blueprint import blueprint

__all__ = ["blueprint", "categories", "circles", "files", "flows", "names", "places"]

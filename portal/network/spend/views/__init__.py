"""The pages of import replacement."""

from portal.network.spend.views import categories, files, names
from portal.network.spend.views.blueprint import blueprint

__all__ = ["blueprint", "categories", "files", "names"]

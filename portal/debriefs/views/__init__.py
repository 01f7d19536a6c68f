"""The pages of debriefs, for firms and for officers."""

from portal.debriefs.views import inside, own
from portal.debriefs.views.blueprint import blueprint

__all__ = ["blueprint", "inside", "own"]

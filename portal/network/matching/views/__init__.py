"""The pages of matching: for officers, for firms, and the one by which mails are ended."""

from portal.network.matching.views import fitting, leaving, telling
from portal.network.matching.views.blueprint import blueprint

__all__ = ["blueprint", "fitting", "leaving", "telling"]

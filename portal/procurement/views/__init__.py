"""The pages of the calendar and the register."""

from portal.procurement.views import calendar
from portal.procurement.views.blueprint import blueprint

__all__ = ["blueprint", "calendar"]

"""The pages of the calendar and the register."""

from portal.procurement.views import calendar, register
from portal.procurement.views.blueprint import blueprint

__all__ = ["blueprint", "calendar", "register"]

"""The pages of the calendar and the register."""

from portal.procurement.views import adviser, calendar, register
from portal.procurement.views.blueprint import blueprint

__all__ = ["adviser", "blueprint", "calendar", "register"]

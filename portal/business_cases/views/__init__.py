"""The pages of a business case: reading it, writing it, and saying what should change."""

from portal.business_cases.views import deciding, reading, writing
from portal.business_cases.views.shared import blueprint

__all__ = ["blueprint", "deciding", "reading", "writing"]

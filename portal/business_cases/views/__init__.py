"""The pages of a business case: reading it, writing it, appraising its options, and saying what should change."""

from portal.business_cases.views import appraising, deciding, reading, surroundings, writing
from portal.business_cases.views.shared import blueprint

__all__ = ["appraising", "blueprint", "deciding", "reading", "surroundings", "writing"]

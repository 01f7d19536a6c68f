"""The tables of a business case: the case with its words, and the options it compares."""

from portal.business_cases.models.case import BusinessCase, CaseAuthor, CaseComment, CaseSection
from portal.business_cases.models.options import CaseOption, OptionYear

__all__ = ["BusinessCase", "CaseAuthor", "CaseComment", "CaseOption", "CaseSection", "OptionYear"]

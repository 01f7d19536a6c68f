"""The tables of a business case: the case with its words, the options it compares, and what stands around them."""

from portal.business_cases.models.case import BusinessCase, CaseAuthor, CaseComment, CaseSection
from portal.business_cases.models.options import CaseOption, OptionYear
from portal.business_cases.models.surroundings import CaseContribution, CaseRisk

__all__ = [
    "BusinessCase",
    "CaseAuthor",
    "CaseComment",
    "CaseContribution",
    "CaseOption",
    "CaseRisk",
    "CaseSection",
    "OptionYear",
]

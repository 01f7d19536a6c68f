"""What is done to a business case: one verb each, the only writers."""

from portal.business_cases.services.comments import comment, remove_comment
from portal.business_cases.services.deciding import ask_second
from portal.business_cases.services.options import (
    MOST_OPTIONS,
    Uplift,
    add_option,
    change_option,
    prefer_option,
    remove_option,
    save_years,
)
from portal.business_cases.services.surroundings import (
    MOST_CONTRIBUTIONS,
    MOST_RISKS,
    add_contribution,
    add_risk,
    remove_contribution,
    remove_risk,
)
from portal.business_cases.services.writing import (
    Funding,
    begin,
    save_money,
    save_section,
    submit,
    take_back,
)

__all__ = [
    "MOST_CONTRIBUTIONS",
    "MOST_OPTIONS",
    "MOST_RISKS",
    "Funding",
    "Uplift",
    "add_contribution",
    "add_option",
    "add_risk",
    "ask_second",
    "begin",
    "change_option",
    "comment",
    "prefer_option",
    "remove_comment",
    "remove_contribution",
    "remove_option",
    "remove_risk",
    "save_money",
    "save_section",
    "save_years",
    "submit",
    "take_back",
]

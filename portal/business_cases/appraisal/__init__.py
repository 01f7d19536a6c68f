"""What an option is worth to the public, by the Treasury's Green Book: exact arithmetic on plain values, nothing else.

Money is whole pence in the prices of year 0 (real prices); what is worked out from it is a `Fraction`, and is rounded
to the penny only where it is shown.
"""

from portal.business_cases.appraisal.flows import Flows, Worth, to_the_penny, worth
from portal.business_cases.appraisal.rates import (
    BIAS,
    LONGEST_APPRAISAL,
    Bias,
    DiscountRates,
    ProjectKind,
    discount_factor,
    rates_on,
)
from portal.business_cases.appraisal.sensitivity import Sensitivity, Switching, sensitivity, switching_values

__all__ = [
    "BIAS",
    "LONGEST_APPRAISAL",
    "Bias",
    "DiscountRates",
    "Flows",
    "ProjectKind",
    "Sensitivity",
    "Switching",
    "Worth",
    "discount_factor",
    "rates_on",
    "sensitivity",
    "switching_values",
    "to_the_penny",
    "worth",
]

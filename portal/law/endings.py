"""What the end of a contract asks for."""

from datetime import date

from portal.law.calendar import last_day_within
from portal.law.dates import is_public_contract, periods
from portal.law.releases import ReleaseKind
from portal.law.thresholds import Standing


def contract_termination_due(ended_on: date, kind: ReleaseKind, standing: Standing) -> date | None:
    """The last day for the contract termination notice (UK11): within thirty days of the end, which is the first.

    Procurement Act 2023 s.80(1), for public contracts, whatever ended them: a gate, insolvency, or that they ran out.
    None where no such notice is due: below the threshold, and for research outside the Act.
    """
    if not is_public_contract(kind, standing):
        return None
    return last_day_within(periods(ended_on).termination_days, beginning=ended_on)

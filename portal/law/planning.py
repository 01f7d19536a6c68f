"""The planned procurement notice (UK3), and the shorter time to tender that it earns where it qualifies."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from portal.law.reckoning import day_in_full
from portal.law.releases import ResponsePeriod, tender_period
from portal.law.thresholds import ContractKind, Standing

LEAST_DAYS_BEFORE = 40
MOST_MONTHS_BEFORE = 12
"""How long before the tender notice it is published, at least and at most (Procurement Act 2023 s.15(3))."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The days (London) of a planned procurement notice, and of the tender notice once that is published."""

    published_on: date
    tender_notice_on: date | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day on which a tender notice finds a planned procurement notice qualifying."""

    first: date
    last: date
    arithmetic: str

    def holds(self, tender_notice_on: date) -> bool:
        """Whether a tender notice of this day does."""
        return self.first <= tender_notice_on <= self.last


def qualifying_window(published_on: date) -> Window:
    """When the tender notice must follow for the time to tender to be shorter (Procurement Act 2023 s.15(3)).

    The notice is published at least 40 days, but not more than 12 months, before the day of the tender notice. After
    29 February the twelve months end with 28 February, the careful reading.
    """
    first = published_on + timedelta(days=LEAST_DAYS_BEFORE)
    try:
        last = published_on.replace(year=published_on.year + 1)
    except ValueError:
        last = date(published_on.year + 1, 2, 28)
    return Window(
        first,
        last,
        f"Planned procurement notice {day_in_full(published_on)} + {LEAST_DAYS_BEFORE} days. Tender notice from "
        f"{day_in_full(first)}, and no later than {MOST_MONTHS_BEFORE} months after: {day_in_full(last)}.",
    )


def period_after(
    planned: Planned | None, standing: Standing, contract: ContractKind, *, invited_on: date
) -> ResponsePeriod:
    """How long a tender stays open, with the planned procurement notice, if any, told in the period's source.

    `invited_on` stands for the day of the tender notice until that is published. Procurement Act 2023 s.54(4) has ten
    days after a qualifying notice; the time to take part in a first round (s.54(3)) is never shortened by one.
    """
    without = tender_period(standing, contract)
    if planned is None or not without.is_law:
        return without
    tender = planned.tender_notice_on or invited_on
    if qualifying_window(planned.published_on).holds(tender):
        found = tender_period(standing, contract, planned_notice=True)
        return replace(found, source=f"{found.source}: {_apart(planned.published_on, tender)}")
    why = f"The planned procurement notice does not shorten them: {_apart(planned.published_on, tender)}"
    asked = f"s.15(3) asks for at least {LEAST_DAYS_BEFORE} days and at most {MOST_MONTHS_BEFORE} months"
    return replace(without, source=f"{without.source}. {why}, and {asked}")


def _apart(published_on: date, tender: date) -> str:
    days = (tender - published_on).days
    if days < 0:
        return f"it was published on {day_in_full(published_on)}, after the tender notice of {day_in_full(tender)}"
    between = "is 1 day" if days == 1 else f"are {days} days"
    return f"from {day_in_full(published_on)} to the tender notice on {day_in_full(tender)} there {between}"

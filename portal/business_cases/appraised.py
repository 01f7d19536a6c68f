"""The options of one case appraised: what each is worth, what would change the order, and by how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from portal.business_cases.appraisal import (
    DiscountRates,
    Sensitivity,
    Switching,
    Worth,
    rates_on,
    sensitivity,
    switching_values,
    to_the_penny,
    worth,
)
from portal.business_cases.models import BusinessCase, CaseOption
from portal.business_cases.pathway import OptionKind
from portal.law.calendar import london_date
from portal.law.money import pounds


@dataclass(frozen=True, slots=True)
class Appraised:
    """One option and what it is worth; `better_by` compares with doing nothing, in pence (None without it)."""

    option: CaseOption
    worth: Worth
    better_by: int | None

    @property
    def net_pence(self) -> int:
        """Its net present value."""
        return to_the_penny(self.worth.net)

    @property
    def costs_pence(self) -> int:
        """The present value of its costs, with what is added for optimism."""
        return to_the_penny(self.worth.costs)

    @property
    def benefits_pence(self) -> int:
        """The present value of what it saves or brings in money."""
        return to_the_penny(self.worth.benefits)

    @property
    def ratio(self) -> str:
        """Benefits for each pound of cost, to two places; empty where nothing is spent."""
        return "" if self.worth.ratio is None else f"{float(self.worth.ratio):.2f}"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The whole comparison, at the rates in force when it was made."""

    rates: DiscountRates
    rows: tuple[Appraised, ...]
    sensitivities: tuple[Sensitivity, ...]
    rival: Appraised | None
    switching: Switching | None

    @property
    def best(self) -> Appraised:
        """The option with the highest net present value, the earlier one where two are equal."""
        return max(self.rows, key=lambda row: row.worth.net)

    @property
    def preferred(self) -> Appraised | None:
        """The option that is asked for."""
        return next((row for row in self.rows if row.option.preferred), None)

    @property
    def says_anything(self) -> bool:
        """Whether there is anything to compare: some money, and more than one option."""
        return len(self.rows) > 1 and any(row.worth.costs or row.worth.benefits for row in self.rows)


def appraise(case: BusinessCase, now: datetime) -> Appraisal:
    """Appraise the options of a case, at the rates of the day it was submitted, or of today while it is written."""
    rates = rates_on(london_date(case.submitted_at or now))
    found = {option: worth(option.flows, rates) for option in case.options}
    nothing = next((found[each] for each in case.options if each.kind is OptionKind.DO_NOTHING), None)
    rows = tuple(Appraised(option, each, _better(each, nothing)) for option, each in found.items())
    named: Mapping[str, Worth] = {str(option.id): each for option, each in found.items()}
    preferred = next((row for row in rows if row.option.preferred), None)
    others = [row for row in rows if row is not preferred]
    rival = max(others, key=lambda row: row.worth.net) if preferred and others else None
    return Appraisal(
        rates,
        rows,
        sensitivity(named) if named else (),
        rival,
        switching_values(preferred.worth, rival.worth) if preferred and rival else None,
    )


def _better(each: Worth, nothing: Worth | None) -> int | None:
    return None if nothing is None else to_the_penny(each.net - nothing.net)


def percent(share: Fraction | None) -> str:
    """A share as a percentage with one place; empty where there is none."""
    return "" if share is None else f"{float(share * 100):,.1f}%"


def bars(made: Appraisal, what: str) -> list[dict[str, str | int]]:
    """One figure of every option as a chart takes it: its label, its value in pence, and the value in words."""
    amounts = [(row.option.name, int(getattr(row, what))) for row in made.rows]
    return [{"label": name, "value": pence, "text": pounds(pence)} for name, pence in amounts]


def sensitivities(made: Appraisal) -> list[tuple[str, list[str], str]]:
    """What changes, each option's net present value then, and the name of the best."""
    names = {str(row.option.id): row.option.name for row in made.rows}
    return [
        (
            each.words,
            [pounds(to_the_penny(net)) for net in each.net.values()],
            ", ".join(names[key] for key in each.best),
        )
        for each in made.sensitivities
    ]

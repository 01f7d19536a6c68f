"""The appraisal as a spreadsheet: what was typed as numbers, everything that follows from it as formulas."""

from collections.abc import Iterator, Sequence

from portal.business_cases.appraisal import discount_factor, to_the_penny
from portal.business_cases.appraised import Appraisal, Appraised
from portal.business_cases.models import BusinessCase
from portal.documents import Cell, Formula, Sheet

_OPTION_COLUMNS = (
    "Year",
    "Spent once, £",
    "Running costs, £",
    "Saved or earned, £",
    "Costs with optimism added, £",
    "Discount factor",
    "Costs in today’s money, £",
    "Benefits in today’s money, £",
)
_FIRST = 5  # the row of year 0: above it the headings, what is added for optimism, and a blank row


def sheets(case: BusinessCase, made: Appraisal) -> list[Sheet]:
    """A summary, how sure the choice is, then a sheet an option; pounds in today's prices on the case's VAT basis."""
    names = {row: _name(number, row) for number, row in enumerate(made.rows, start=1)}
    return [
        Sheet("Summary", _SUMMARY_COLUMNS, list(_summary(case, made, names))),
        Sheet(
            "How sure", ("Net present value, £", *(each.words for each in made.sensitivities)), list(_how_sure(made))
        ),
        *(Sheet(names[row], _OPTION_COLUMNS, list(_years(row, made))) for row in made.rows),
    ]


_SUMMARY_COLUMNS = (
    "Option",
    "Costs in today’s money, £",
    "Benefits in today’s money, £",
    "Net present value, £",
    "Preferred",
)


def _name(number: int, row: Appraised) -> str:
    return f"{number} {row.option.name}".replace("'", "’")[:31].strip()


def _summary(case: BusinessCase, made: Appraisal, names: dict[Appraised, str]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(made.rows, start=2):
        last = _FIRST + row.option.years - 1
        costs = f"=SUM('{names[row]}'!G{_FIRST}:G{last})"
        benefits = f"=SUM('{names[row]}'!H{_FIRST}:H{last})"
        yield (
            row.option.name,
            Formula(costs, row.costs_pence / 100),
            Formula(benefits, row.benefits_pence / 100),
            Formula(f"=C{number}-B{number}", row.net_pence / 100),
            "Yes" if row.option.preferred else "",
        )
    yield ()
    yield (f"Today’s prices, {case.vat_words}. {made.rates.source}.",)


def _how_sure(made: Appraisal) -> Iterator[Sequence[Cell]]:
    """Every option when costs or benefits turn out otherwise, then how far those of the preferred one may."""
    place = {row: number for number, row in enumerate(made.rows, start=2)}
    for row, at in place.items():
        formulas = (
            Formula(
                f"=Summary!C{at}*{100 + each.benefits_percent}/100-Summary!B{at}*{100 + each.costs_percent}/100",
                to_the_penny(each.net[str(row.option.id)]) / 100,
            )
            for each in made.sensitivities
        )
        yield (row.option.name, *formulas)
    if not made.preferred or not made.rival or not made.switching:
        return
    own, rival = place[made.preferred], place[made.rival]
    lead = f"(Summary!D{own}-Summary!D{rival})"
    yield ()
    yield (f"Before “{made.rival.option.name}” is as good as “{made.preferred.option.name}” (switching values):",)
    if made.switching.costs_may_rise is not None:
        rise = float(made.switching.costs_may_rise * 100)
        yield ("Its costs may rise by, %", Formula(f"={lead}/Summary!B{own}*100", rise))
    if made.switching.benefits_may_fall is not None:
        fall = float(made.switching.benefits_may_fall * 100)
        yield ("Its benefits may fall by, %", Formula(f"={lead}/Summary!C{own}*100", fall))


def _years(row: Appraised, made: Appraisal) -> Iterator[Sequence[Cell]]:
    option = row.option
    yield ("Added for optimism to what is spent once, %", option.one_off_bias)
    yield ("Added for optimism to running costs, %", option.yearly_bias)
    yield ()
    costs = option.flows.costs()
    for each, cost in zip(option.money, costs, strict=True):
        at, factor = _FIRST + each.year, discount_factor(made.rates, each.year)
        growth = 1 + made.rates.rate(each.year)
        yield (
            each.year,
            each.one_off_pence / 100,
            each.yearly_pence / 100,
            each.benefit_pence / 100,
            Formula(f"=B{at}*(1+$B$2/100)+C{at}*(1+$B$3/100)", to_the_penny(cost) / 100),
            Formula("=1" if each.year == 0 else f"=F{at - 1}/{float(growth)}", float(factor)),
            Formula(f"=E{at}*F{at}", to_the_penny(cost * factor) / 100),
            Formula(f"=D{at}*F{at}", to_the_penny(each.benefit_pence * factor) / 100),
        )

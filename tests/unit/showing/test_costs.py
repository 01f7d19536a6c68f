"""What prototypes cost by year: VAT as each bill will have it, and as many years for every firm."""

from dataclasses import dataclass

from portal.law.money import Vat
from portal.showcases.costs import alike, before_vat, by_year


@dataclass(frozen=True)
class Cost:
    one_off_pence: int = 0
    yearly_pence: int = 0
    years: int = 1
    vat: Vat = Vat.INCLUSIVE


def test_each_year_pays_what_runs_in_it_and_says_when_a_cost_is_no_longer_named() -> None:
    made = by_year([Cost(one_off_pence=500_00), Cost(yearly_pence=100_00, years=2), Cost(yearly_pence=10_00, years=6)])
    assert [each.with_vat_pence for each in made.years] == [500_00, 110_00, 110_00, 10_00, 10_00, 10_00, 10_00]
    assert made.stops_after == 2
    assert made.most_pence == 500_00


def test_vat_is_rounded_on_each_bill_and_not_on_their_sum() -> None:
    bills = [Cost(yearly_pence=99_99, years=3, vat=Vat.EXCLUSIVE), Cost(one_off_pence=12, vat=Vat.EXCLUSIVE)]
    made = by_year(bills)
    assert [each.with_vat_pence for each in made.years[:4]] == [14, 119_99, 119_99, 119_99]
    assert made.with_vat_pence == 359_97 + 14
    assert made.with_vat_pence != (3 * 99_99 + 12) * 120 // 100
    assert made.years[1].vat_pence == 20_00


def test_an_amount_that_includes_its_vat_is_shown_without_it_too() -> None:
    assert [before_vat(pence, Vat.INCLUSIVE) for pence in (120, 6, 3)] == [100, 5, 3]
    assert before_vat(120, Vat.EXCLUSIVE) == 120


def test_every_firm_has_the_years_of_whichever_names_the_most() -> None:
    made = alike({"short": [Cost(yearly_pence=1, years=2)], "long": [Cost(yearly_pence=1, years=9)]})
    assert {firm: len(schedule.years) for firm, schedule in made.items()} == {"short": 10, "long": 10}
    assert made["short"].stops_after == 2
    assert made["long"].stops_after is None
    assert made["short"].with_vat_pence == 2


def test_nobody_shows_less_than_five_years_of_running() -> None:
    assert len(alike({"one": [Cost(one_off_pence=5)]})["one"].years) == 6

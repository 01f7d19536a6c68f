"""Quarters, columns and bars, without a database."""

from datetime import date

import pytest

from portal.network.needs.drawing import HEIGHT, bars_of
from portal.network.needs.models import PlannedNeed, Risk
from portal.network.needs.overlay import pipeline_of
from portal.network.needs.quarters import quarters_from, read_quarter, words_of
from portal.network.needs.reading import guess


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Q1 2027", date(2027, 1, 1)),
        ("2027 Q4", date(2027, 10, 1)),
        ("Q1 2027/28", date(2027, 4, 1)),
        ("2027-28 Q4", date(2028, 1, 1)),
        ("Quarter 3 2026/2027", date(2026, 10, 1)),
        ("Sept 2027", date(2027, 7, 1)),
        ("14/02/2027", date(2027, 1, 1)),
        ("2027-12-31", date(2027, 10, 1)),
    ],
)
def test_a_quarter_is_read_however_it_is_written(typed: str, first: date) -> None:
    assert read_quarter(typed) == first


@pytest.mark.parametrize("typed", ["", "soon", "Q5 2027", "2027", "Q1", "31/02/2027", "1/1/1066"])
def test_what_is_no_quarter_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="is no quarter"):
        read_quarter(typed)


def test_quarters_follow_each_other_over_the_year() -> None:
    assert [words_of(each) for each in quarters_from(date(2026, 11, 27), 2)] == [
        "October to December 2026",
        "January to March 2027",
    ]


def test_columns_are_guessed_by_their_whole_name_first() -> None:
    head = ["Contract end date", "Title (short)", "Category", "CPV", "Start date", "Estimated value (£)"]
    assert guess(head) == {
        "title": 1,
        "category": 2,
        "category_code": 3,
        "quarter": 4,
        "value_pence": 5,
        "contract_ends_on": 0,
    }


def test_bars_are_as_tall_as_what_they_stand_for() -> None:
    needs = [
        PlannedNeed(title="a", category="x", quarter=date(2027, 1, 1), value_pence=100, vat="inclusive", risk=Risk.LOW),
        PlannedNeed(title="b", category="x", quarter=date(2027, 7, 1), value_pence=50, vat="inclusive", risk=Risk.HIGH),
    ]
    pipeline = pipeline_of(needs)
    assert [each.count for each in pipeline] == [1, 0, 1]
    bars = bars_of(pipeline)
    tall, _, half = (sum(part.height for part in bar.parts) for bar in bars)
    assert tall == pytest.approx(2 * half)
    assert all(0 <= bar.top < HEIGHT for bar in bars)
    assert bars_of([]) == []

"""Cells of payments files: days, amounts, and names of people and of firms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.network.spend.cells import Unreadable, day_of, is_individual, is_withheld, pence_of, text_of


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2022-05-03", date(2022, 5, 3)),
        ("2022-05-03T00:00:00", date(2022, 5, 3)),
        ("20220503", date(2022, 5, 3)),
        ("03/05/2022", date(2022, 5, 3)),
        ("3.5.22", date(2022, 5, 3)),
        ("03-May-22", date(2022, 5, 3)),
        ("3 September 2022", date(2022, 9, 3)),
        ("03/05/2022 00:00", date(2022, 5, 3)),
        ("44684", date(2022, 5, 3)),
    ],
)
def test_a_day_is_read(cell: str, day: date) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize("cell", ["", "May 2022", "31/02/2022", "05/13/2022", "12", "x", "9999-12-31", "=TODAY()"])
def test_what_is_no_day_is_not_guessed_at(cell: str) -> None:
    with pytest.raises(Unreadable):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("1234.5", 123_450),
        ("£1,234.56", 123_456),
        (" 500 ", 50_000),
        ("-20.5", -2_050),
        ("\u221220.50", -2_050),
        ("(1,000.00)", -100_000),
        ("40.00-", -4_000),
        ("40.00 CR", -4_000),
        ("£-12", -1_200),
        (".5", 50),
        ("1.005", 101),
        ("0", 0),
    ],
)
def test_an_amount_is_read_in_whole_pence(cell: str, pence: int) -> None:
    assert pence_of(cell) == pence


@pytest.mark.parametrize("cell", ["", "N/A", "1,23", "12.3.4", "--5", "1e9", "=1+1", "£", "9" * 30, "NaN", "٣"])
def test_what_is_no_amount_is_not_guessed_at(cell: str) -> None:
    with pytest.raises(Unreadable):
        pence_of(cell)


@given(some.integers(-(10**13), 10**13))
def test_every_amount_comes_back(pence: int) -> None:
    sign, whole = ("-" if pence < 0 else ""), abs(pence)
    assert pence_of(f"{sign}£{whole // 100:,}.{whole % 100:02}") == pence


@pytest.mark.parametrize(
    "name",
    [
        *("Mrs J Shah", "MR SMITH", "Dr. A. Khan", "Shah, Jaya", "J K Shah", "A. Green", "SMITH J", "Personal Budgets"),
        *("Mr and Mrs Shah", "David & Jaya Shah", "DAVID VON SHAH", "S Ali Shah", "Helen O’Shah", "Mary-Jane Shah"),
    ],
)
def test_people_are_known(name: str) -> None:
    assert is_individual(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Biffa Waste Services Ltd", "STONEWATER", "HMRC", "REED SPECIALIST RECRUITMENT LTD", "HOTEL AT BOOKING.COM"),
        *("J K Shah Plumbing", "Mr Clutch Garage", "A & B Motors", "THE BBC C/O LAMBERT SMITH", "Thames NHS", "3M"),
        *("Trafford M B C", "M TRAINING", "A B I PROPERTIES", "Francis Taylor Buildings", "Marks & Spencer"),
        *("Jack & Jill Nursery", "Paul Birchall t/a The Garden", "VICTORIA PARK RE", "Jaya", "Grace Church"),
    ],
)
def test_firms_are_not_taken_for_people(name: str) -> None:
    assert not is_individual(name)


def test_withheld_names_are_known() -> None:
    assert is_withheld("Redacted Personal Information")
    assert is_withheld("REDACTED")
    assert is_withheld("Redaction: personal data")
    assert not is_withheld("Redditch Council")
    assert not is_withheld("REDACTIVE PUBLISHING LIMITED")


def test_text_is_mended_and_cut() -> None:
    assert text_of("  CafÃ©\r\n  Ltd\0 ", 50) == "Café Ltd"
    assert text_of("x" * 500, 200) == "x" * 200

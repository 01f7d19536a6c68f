import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.money import MOST_PENCE, Vat, parse_pounds, pounds, with_vat

amounts = st.integers(min_value=0, max_value=MOST_PENCE)


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (0, "£0"),
        (5, "£0.05"),
        (1250, "£12.50"),
        (100_000, "£1,000"),
        (20_772_000, "£207,720"),
        (-1250, "-£12.50"),
    ],
)
def test_money_is_written_as_people_write_it(pence: int, words: str) -> None:
    assert pounds(pence) == words


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("£40,000", 4_000_000),
        ("40000", 4_000_000),
        (" £ 40,000.00 ", 4_000_000),
        ("40k", 4_000_000),
        ("40K", 4_000_000),
        ("40 thousand", 4_000_000),
        ("1.5m", 150_000_000),
        ("£1.5 million", 150_000_000),
        ("12.5", 1250),
        ("12.50", 1250),
        ("0.01", 1),
        ("0", 0),
        ("1.23456k", 123_456),
    ],
)
def test_what_people_type_becomes_pence(typed: str, pence: int) -> None:
    assert parse_pounds(typed) == pence


@pytest.mark.parametrize(
    "typed",
    ["", "£", "ten", "-5", "1,5", "4,0000", "12,34,567", "1.2.3", "1e6", "40kk", "€40", "٤٠", "0x10", "nan"],
)
def test_what_is_not_an_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="such as £40,000"):
        parse_pounds(typed)


def test_part_of_a_penny_is_refused() -> None:
    with pytest.raises(ValueError, match="whole pence"):
        parse_pounds("12.505")


@pytest.mark.parametrize("typed", ["1,000,000,000,001", "1000001m", "9" * 5000])
def test_an_amount_no_database_could_hold_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="no more than £1,000,000,000,000"):
        parse_pounds(typed)


@given(amounts)
def test_what_is_written_can_be_typed_back(pence: int) -> None:
    assert parse_pounds(pounds(pence)) == pence


@pytest.mark.parametrize(
    ("pence", "basis", "rate", "expected"),
    [
        (10_000, Vat.EXCLUSIVE, 20, 12_000),
        (10_000, Vat.INCLUSIVE, 20, 10_000),
        (10_000, Vat.NOT_APPLICABLE, 20, 10_000),
        (2, Vat.EXCLUSIVE, 20, 2),  # 0.4 of a penny
        (3, Vat.EXCLUSIVE, 20, 4),  # 0.6
        (10, Vat.EXCLUSIVE, 5, 11),  # exactly a half
        (10_000, Vat.EXCLUSIVE, 0, 10_000),
    ],
)
def test_vat_is_added_once_and_halves_go_up(pence: int, basis: Vat, rate: int, expected: int) -> None:
    assert with_vat(pence, basis, rate) == expected


@given(amounts, amounts, st.integers(0, 100))
def test_more_money_never_has_less_vat(one: int, other: int, rate: int) -> None:
    low, high = sorted((one, other))
    assert with_vat(low, Vat.EXCLUSIVE, rate) <= with_vat(high, Vat.EXCLUSIVE, rate)


@pytest.mark.parametrize(("pence", "rate"), [(-1, 20), (1, -20)])
def test_negative_amounts_have_no_vat(pence: int, rate: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        with_vat(pence, Vat.EXCLUSIVE, rate)

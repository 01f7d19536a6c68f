"""Payments files: format and columns found by looking, and every row read or left out with its reason."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from portal.network.spend.columns import Role, guessed, is_heading
from portal.network.spend.rows import LeftOut, Taken, Why, financial_year, read_row
from portal.network.spend.table import NotATable, look, rows_of

_PLACES = [parent / "shared" / "data" / "spend" for parent in Path(__file__).parents]
DATA = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
real = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real data is absent")
COLUMNS = {
    "manchester_2022-05.csv": ("Invoice Payment Date", "Supplier Name", "Net Amount", "Expenses Type"),
    "calderdale_2022-08.csv": (
        "Date",
        "Supplier(Beneficiary) Name",
        "Net Amount",
        "Procurement Classification: Council's Procurement Category Name",
    ),
    "oxford_raw_oct-dec-2017.csv": ("Paid Date", "Supplier Name", "Amount", "Expenditure Category"),
}
HEAD = "Date,Supplier,Amount\n"


def of(content: str | bytes) -> io.BytesIO:
    return io.BytesIO(content if isinstance(content, bytes) else content.encode())


@real
@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_of_real_files_are_guessed(name: str) -> None:
    with (DATA / name).open("rb") as stream:
        seen = look(stream)
        found = guessed(seen.headings, seen.rows)
        rows = list(rows_of(stream, seen.format))
    roles = (Role.DATE, Role.PAYEE, Role.AMOUNT, Role.CATEGORY)
    assert tuple(seen.headings[found[role]] for role in roles) == COLUMNS[name]
    assert [number for number, _row in rows] == list(range(1, 801))
    assert not any(heading.startswith(("\ufeff", "ï”¿")) for heading in seen.headings)


@real
@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("manchester_2022-05.csv", {Why.WITHHELD: 47}),
        ("calderdale_2022-08.csv", {}),
        ("oxford_raw_oct-dec-2017.csv", {Why.PAYEE: 68}),
    ],
)
def test_every_row_of_a_real_file_is_taken_or_left_out(name: str, left: dict[Why, int]) -> None:
    with (DATA / name).open("rb") as stream:
        seen = look(stream)
        columns = guessed(seen.headings, seen.rows)
        results = [read_row(number, row, columns) for number, row in rows_of(stream, seen.format)]
    assert len(results) == 800
    reasons = [each.why for each in results if isinstance(each, LeftOut)]
    for why, count in left.items():
        assert reasons.count(why) == count
    assert not {Why.AMOUNT, Why.DATE, Why.EMPTY} & set(reasons)
    assert all(each.pence is not None for each in results)
    assert sum(isinstance(each, Taken) for each in results) > 650


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "03/05/2022,Café Ltd,12.50\n",
        "\ufeff" + HEAD + "03/05/2022,Café Ltd,12.50\n",
        ("\ufeff" + HEAD + "03/05/2022,Café Ltd,12.50\n").encode().decode("cp1252"),
        (HEAD + "03/05/2022,Café Ltd,12.50\n").encode("cp1252"),
        HEAD.replace(",", ";") + "03/05/2022;Café Ltd;12.50\n",
        HEAD.replace(",", "\t") + "03/05/2022\tCafé Ltd\t12.50\r\n",
        "Payments over £500,,\n,,\n" + HEAD + "03/05/2022,Café Ltd,12.50\n",
        'Date,Supplier,Amount\n"03/05/2022","Café\nLtd","£12.50"\n',
    ],
    ids=["plain", "marked", "marked twice", "Windows", "semicolons", "tabs", "a title above", "quoted lines"],
)
def test_every_way_of_writing_a_table_is_read(content: str | bytes) -> None:
    stream = of(content)
    seen = look(stream)
    columns = guessed(seen.headings, seen.rows)
    (result,) = (read_row(number, row, columns) for number, row in rows_of(stream, seen.format))
    assert isinstance(result, Taken)
    assert (result.payee, result.pence, str(result.paid_on)) == ("Café Ltd", 1250, "2022-05-03")


@pytest.mark.parametrize("content", ["", "\n\n", "a,b\n1,2\n", "<html>", "Date,Amount\n1,2\n", "\0" * 100])
def test_what_is_no_table_of_payments_is_refused_in_words(content: str) -> None:
    with pytest.raises(NotATable, match=r"names its columns"):
        look(of(content))


@pytest.mark.parametrize(
    ("row", "why", "pence"),
    [
        (["", " ", ""], Why.EMPTY, None),
        ([], Why.EMPTY, None),
        (["2022-05-03", "Some Firm Ltd", "N/A"], Why.AMOUNT, None),
        (["2022-05-03", "Some Firm Ltd"], Why.AMOUNT, None),
        (["May", "Some Firm Ltd", "5"], Why.DATE, 500),
        (["2022-05-03", " - ", "5"], Why.PAYEE, 500),
        (["2022-05-03", "REDACTED", "-5"], Why.WITHHELD, -500),
        (["2022-05-03", "Mrs Shah", "5"], Why.INDIVIDUAL, 500),
    ],
)
def test_a_row_is_left_out_with_its_reason_and_its_amount(row: list[str], why: Why, pence: int | None) -> None:
    found = read_row(9, row, {Role.DATE: 0, Role.PAYEE: 1, Role.AMOUNT: 2})
    assert found == LeftOut(9, why, pence)


def test_a_person_is_not_in_what_is_left() -> None:
    found = read_row(1, ["2022-05-03", "Mrs Jaya Shah", "5"], {Role.DATE: 0, Role.PAYEE: 1, Role.AMOUNT: 2})
    assert "Shah" not in repr(found)


def test_reading_goes_on_after_any_row() -> None:
    stream = of(HEAD + "".join(f"2022-05-03,Firm {number} Ltd,{number}\n" for number in range(1, 51)))
    form = look(stream).format
    whole = list(rows_of(stream, form))
    for after in (0, 1, 20, 49, 50, 99):
        assert list(rows_of(stream, form, after=after)) == whole[after:]


def test_a_financial_year_begins_in_april() -> None:
    from datetime import date

    assert (financial_year(date(2022, 3, 31)), financial_year(date(2022, 4, 1))) == (2021, 2022)


def test_a_number_of_a_supplier_is_no_supplier() -> None:
    headings = ["Supplier ID", "VAT Amount", "Supplier", "Amount", "Date"]
    found = guessed(headings, [["7", "1", "A Ltd", "5", "2022-05-03"]])
    assert [headings[found[role]] for role in (Role.PAYEE, Role.AMOUNT, Role.DATE)] == ["Supplier", "Amount", "Date"]
    assert is_heading(headings)


@settings(max_examples=200)
@given(some.binary(max_size=400))
def test_no_bytes_at_all_break_the_reading(content: bytes) -> None:
    stream = of(HEAD.encode() + content)
    seen = look(stream)
    results = [
        read_row(number, row, {Role.DATE: 0, Role.PAYEE: 1, Role.AMOUNT: 2})
        for number, row in rows_of(stream, seen.format)
    ]
    assert [each.number for each in results] == list(range(1, len(results) + 1))

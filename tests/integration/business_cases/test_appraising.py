"""Money by year, its appraisal as a page, and a spreadsheet that comes to the same figures."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from portal.business_cases import services
from portal.business_cases.appraisal import ProjectKind, to_the_penny
from portal.business_cases.appraised import appraise
from portal.business_cases.models import BusinessCase, CaseOption, OptionYear
from portal.business_cases.services import Uplift
from portal.db import Conflict, Database, clock
from portal.machine import NotNow
from tests.integration.business_cases.conftest import Cast, acting, case_in, write
from tests.support.people import signed_in

YEARS = [(20_000_00, 5_000_00, 0), (4_000_00, 5_000_00, 18_000_33), (0, 5_000_00, 21_500_00)]
USUAL = Uplift(ProjectKind.OUTSOURCING, 0, 41)


def years() -> list[OptionYear]:
    return [
        OptionYear(year=year, one_off_pence=once, yearly_pence=running, benefit_pence=saved)
        for year, (once, running, saved) in enumerate(YEARS)
    ]


def pilot_of(case: BusinessCase) -> CaseOption:
    assert case.preferred is not None
    return case.preferred


def save(session: Session, cast: Cast, uplift: Uplift = USUAL, version: int | None = None) -> CaseOption:
    case = case_in(session, cast)
    option = pilot_of(case)
    began_at = option.version if version is None else version
    services.save_years(session, acting(session, cast.owner), case, option, began_at, years(), uplift)
    return option


@pytest.fixture
def written(database: Database, cast: Cast) -> Cast:
    with database.writing() as session:
        write(session, cast)
    return cast


def test_money_by_year_is_kept_and_counts(database: Database, written: Cast) -> None:
    with database.writing() as session:
        save(session, written)
    with database.reading() as session:
        option = pilot_of(case_in(session, written))
        assert (option.years, option.one_off_pence, option.yearly_pence) == (3, 24_000_00, 15_000_00)
        assert not option.is_even
        assert option.flows.yearly_bias == 41


def test_two_people_cannot_write_over_each_others_years(database: Database, written: Cast) -> None:
    with database.writing() as session:
        began_at = pilot_of(case_in(session, written)).version
        save(session, written)
    with database.writing() as session, pytest.raises(Conflict):
        save(session, written, version=began_at)


def test_adding_less_than_is_usual_needs_a_reason(database: Database, written: Cast) -> None:
    with database.writing() as session, pytest.raises(NotNow, match="Say why"):
        save(session, written, Uplift(ProjectKind.OUTSOURCING, 0, 10))
    with database.writing() as session:
        save(session, written, Uplift(ProjectKind.OUTSOURCING, 0, 10, "The price is fixed by contract."))


def test_the_page_says_what_each_option_is_worth(app: Flask, database: Database, written: Cast) -> None:
    with database.writing() as session:
        save(session, written)
        made = appraise(case_in(session, written), clock.now())
        preferred = made.preferred
        assert preferred is not None
        net = preferred.net_pence
    page = signed_in(app, written.owner).get(f"/challenges/{written.reference}/business-case/appraisal").text
    assert f"£{abs(net) / 100:,.2f}" in page
    assert "41% to running costs" in page
    assert "3.5% to year 30" in page
    assert "Costs 10% higher" in page


def test_a_year_can_be_added_and_nothing_typed_is_lost(app: Flask, database: Database, written: Cast) -> None:
    client = signed_in(app, written.owner)
    with database.reading() as session:
        key = pilot_of(case_in(session, written)).id
    address = f"/challenges/{written.reference}/business-case/options/{key}/years"
    typed = {"years-0-one_off": "12,000", "years-0-yearly": "x", "project_kind": "none", "version": "2"}
    more = client.post(address, data=typed | {"more": "year"})
    assert more.status_code == 200
    assert 'value="12,000"' in more.text
    assert "Year 1" in more.text
    wrong = client.post(address, data=typed)
    assert wrong.status_code == 422
    assert "Enter an amount in pounds" in wrong.text
    assert 'value="12,000"' in wrong.text
    less = {"project_kind": "outsourcing", "yearly_bias": "10", "years-0-yearly": "5"}
    assert "Say why you add less" in client.post(address, data=typed | less).text
    assert client.post(address, data=typed | {"project_kind": "of no kind"}).status_code == 422


def test_the_spreadsheet_comes_to_the_same_figures(app: Flask, database: Database, written: Cast) -> None:
    with database.writing() as session:
        save(session, written)
        made = appraise(case_in(session, written), clock.now())
        expected = [(row.costs_pence, row.benefits_pence, row.net_pence) for row in made.rows]
    answer = signed_in(app, written.owner).get(f"/challenges/{written.reference}/business-case/appraisal.xlsx")
    book = load_workbook(BytesIO(answer.data))
    found = [
        tuple(round(100 * Worked(book).cell("Summary", f"{column}{row}")) for column in "BCD")
        for row in range(2, 2 + len(expected))
    ]
    assert found == expected


def test_the_spreadsheet_works_out_how_sure_the_choice_is(app: Flask, database: Database, written: Cast) -> None:
    with database.writing() as session:
        save(session, written)
        made = appraise(case_in(session, written), clock.now())
        ids = [str(row.option.id) for row in made.rows]
        expected = [[to_the_penny(each.net[key]) for each in made.sensitivities] for key in ids]
        switching = made.switching
    answer = signed_in(app, written.owner).get(f"/challenges/{written.reference}/business-case/appraisal.xlsx")
    worked = Worked(load_workbook(BytesIO(answer.data)))
    columns = "BCDEFGHIJ"
    assert [
        [round(100 * worked.cell("How sure", f"{column}{row}")) for column in columns]
        for row in range(2, 2 + len(expected))
    ] == expected
    assert switching
    assert switching.costs_may_rise
    rise = worked.cell("How sure", f"B{len(expected) + 4}")
    assert abs(rise - 100 * float(switching.costs_may_rise)) < 0.0001


class Worked:
    """Works out the few kinds of formula we write, as a spreadsheet program does."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def cell(self, sheet: str, place: str) -> float:
        value = self.book[sheet][place.replace("$", "")].value
        return self.formula(sheet, value[1:]) if isinstance(value, str) and value.startswith("=") else float(value or 0)

    def formula(self, sheet: str, text: str) -> float:
        total = re.fullmatch(r"SUM\('(.+)'!([A-Z])(\d+):[A-Z](\d+)\)", text)
        if total:
            name, column, first, last = total.groups()
            return sum(self.cell(name, f"{column}{row}") for row in range(int(first), int(last) + 1))
        text = re.sub(r"Summary!([A-Z]\d+)", lambda place: f"({self.cell('Summary', place[1])!r})", text)
        plain = re.sub(r"\$?[A-Z]\$?\d+", lambda place: repr(self.cell(sheet, place[0])), text)
        assert re.fullmatch(r"[\d.e()+*/-]+", plain), plain
        return float(eval(plain))

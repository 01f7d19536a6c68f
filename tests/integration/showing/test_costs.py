"""What deploying costs, side by side: for owner and officer, for a locked panel, and in the business case."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.business_cases import services as cases
from portal.db import Database, guard_state
from portal.law.money import Vat
from portal.showcases import services
from portal.showcases.given import CostLine
from tests.integration.showing.conftest import Scene, appearances
from tests.integration.showing.staged import event_of, score, seat, showing
from tests.support.page import Page
from tests.support.people import signed_in

SIDE_BY_SIDE = "Cost to deploy by year, with VAT"
WAITS = "Once the whole panel has locked, the costs of all firms stand here side by side."
ARBOR = (
    CostLine("Sensors", 1_000_00, 0, 1, Vat.EXCLUSIVE, "Forty homes."),
    CostLine("Hosting", 0, 333_33, 2, Vat.EXCLUSIVE, "In this country."),
    CostLine("Calls", 0, 120_00, 6, Vat.INCLUSIVE, "Three a day."),
)
BRAMBLE = CostLine("All of it", 500_00, 50_00, 3, Vat.INCLUSIVE, "By hand.")

Visit = Callable[[str, str], str]


@pytest.fixture
def shown(database: Database) -> Scene:
    """Two firms at their showcase with costs that run for different numbers of years; judge1 has declared."""
    with database.writing() as session:
        scene = showing(session)
        first, second = appearances(session, scene)
        for line in ARBOR:
            services.add_cost(session, scene.actor(session, "arbor"), first, line)
        services.add_cost(session, scene.actor(session, "bramble"), second, BRAMBLE)
        seat(session, scene, "judge1")
        return scene


@pytest.fixture
def page(app: Flask, shown: Scene, database: Database) -> Visit:
    """What a page says to somebody; `{}` in the address is the event's reference."""
    with database.reading() as session:
        event = event_of(session, shown).reference

    def visit(who: str, address: str) -> str:
        answer: Any = signed_in(app, shown.people[who]).get(address.format(event))
        assert answer.status_code == 200
        text: str = answer.get_data(as_text=True)
        assert Page(text).faults() == []
        return text

    return visit


@pytest.mark.parametrize("who", ["owner", "officer"])
def test_owner_and_officer_compare_every_firm_over_the_same_years(page: Visit, shown: Scene, who: str) -> None:
    text = page(who, f"/challenges/{shown.reference}/showcase")
    table = text[text.index(SIDE_BY_SIDE) : text.index("What these figures rest on")]
    assert "Year 6" in table
    assert "Year 7" not in table
    rows = table[table.index("<tbody") :].split("</tr>")
    arbor, bramble = ([part.split("<")[0].replace("\n", "") for part in row.split('numeric">')[1:]] for row in rows[:2])
    assert arbor[:-1] == ["£1,200", "£520", "£520", "£120", "£120", "£120", "£120"]
    assert bramble[:-1] == ["£500", "£50", "£50", "£50", "Not named", "Not named", "Not named"]
    assert "<strong>£2,720</strong>" in rows[0]
    assert "Names a running cost for 3 years only" in rows[1]
    for assumption in ("Forty homes.", "Three a day.", "By hand."):
        assert assumption in text


def test_a_judge_compares_prices_only_once_the_whole_panel_has_locked(
    page: Visit, shown: Scene, database: Database
) -> None:
    assert SIDE_BY_SIDE not in page("judge1", "/showcase/{}/score")
    with database.writing() as session:
        score(session, shown, "judge1", (4, 3))
        seat(session, shown, "judge2")
    assert WAITS in page("judge1", "/showcase/{}/score")
    assert SIDE_BY_SIDE not in page("judge1", "/showcase/{}/score")
    with database.writing() as session:
        score(session, shown, "judge2", (5, 2))
    for judge in ("judge1", "judge2"):
        text = page(judge, "/showcase/{}/score")
        assert SIDE_BY_SIDE in text
        assert WAITS not in text
    assert SIDE_BY_SIDE in page("owner", f"/challenges/{shown.reference}/showcase/choice")


def test_an_owner_who_judges_waits_like_the_rest_of_the_panel(page: Visit, shown: Scene, database: Database) -> None:
    event_page = f"/challenges/{shown.reference}/showcase"
    with database.writing() as session:
        seat(session, shown, "owner")
    text = page("owner", event_page)
    assert SIDE_BY_SIDE not in text
    assert "£2,720" not in text
    assert SIDE_BY_SIDE in page("officer", event_page)
    with database.writing() as session:
        score(session, shown, "judge1", (4, 3))
        score(session, shown, "owner", (4, 3))
    assert SIDE_BY_SIDE in page("owner", event_page)


def test_a_firm_sees_its_own_years_and_nobody_elses(page: Visit, shown: Scene) -> None:
    text = page("arbor", f"/responses/{shown.references[0]}/showcase")
    assert "£2,720" in text
    assert "By hand." not in text
    assert "Bramble" not in text


def test_a_firm_that_gave_no_cost_is_named(page: Visit, shown: Scene, database: Database) -> None:
    with database.writing() as session:
        second = appearances(session, shown)[1]
        services.remove_cost(session, shown.actor(session, "bramble"), second, second.costs[0].id)
    assert "No cost given yet: Bramble &amp; Co." in page("owner", f"/challenges/{shown.reference}/showcase")


def test_a_case_takes_each_year_over_where_parts_run_for_different_years(database: Database, shown: Scene) -> None:
    with database.writing() as session:
        challenge = shown.challenge(session)
        with guard_state():
            challenge.state = "business_case"
        session.flush()
        case = cases.begin(session, shown.actor(session, "owner"), challenge)
        option = next(each for each in case.options if each.name == "Arbor Ltd")
        assert [each.one_off_pence for each in option.money] == [1_200_00, 0, 0, 0, 0, 0]
        assert [each.yearly_pence for each in option.money] == [520_00, 520_00, 120_00, 120_00, 120_00, 120_00]
        assert option.total_pence == appearances(session, shown)[0].total_pence == 2_720_00

"""The price's envelope: who may see a price, and when. Its canary is looked for on every address."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.assessment import services
from portal.assessment.models import Assignment, PanelMember
from portal.assessment.queries import opened_standing, reading_of, sheet_rows
from portal.db import Database
from portal.machine import MoveRefused, NotNow
from portal.policy import Role
from tests.support import make
from tests.support.assessed import Scene, scene
from tests.support.page import Page
from tests.support.people import signed_in

FIGURE, WORDS = 7_654_321, "numbat"
SHOWN = ("76,543", WORDS)
CHALLENGE, QUALITY, PRICE = 0, 1, 2
"""Assessors 0 and 1 judge all but the price; assessor 2 judges the price alone."""


@pytest.fixture
def made(database: Database) -> Scene:
    """The second criterion is the price, which the third assessor judges; every firm asks for about the same."""
    made = scene(database)
    with database.writing() as session:
        inside = made.inside(session)
        inside.round.criteria[1].by_price = inside.round.criteria[1].price_judged = True
        for number in range(3):
            response = made.response(session, number)
            sections = {"summary": "What we do.", "price": f"{WORDS} {number}"}
            make.snapshot(session, response, number=2, price_pence=FIGURE + number, sections=sections)
        officer = made.actor(session, made.officer)
        for number, person in enumerate(made.assessors):
            member = services.add_assessor(session, officer, inside, person)
            services.write_skills(session, officer, inside, member, services.Judges(price=number == PRICE))
            services.prepare(session, made.actor(session, person), member)
        services.allocate(session, officer, inside, None)
    return made


def lock_quality(made: Scene, *, but: int = 0) -> None:
    """Assessors 0 and 1 lock every sheet, but the last few of them."""
    sheets = [(assessor, response) for assessor in (0, 1) for response in range(3)]
    for assessor, response in sheets[: len(sheets) - but]:
        made.mark(assessor, response, 3)


def open_prices(made: Scene) -> int:
    """The officer opens the prices."""
    with made.database.writing() as session:
        return services.open_prices(session, made.actor(session, made.officer), made.inside(session))


def leaks(client: FlaskClient, *addresses: str) -> list[str]:
    """The addresses whose answer shows a price."""
    return [each for each in addresses if any(said in client.get(each, follow_redirects=True).text for said in SHOWN)]


def addresses_of(app: Flask, made: Scene) -> list[str]:
    """Every address of this challenge, its first response and every sheet on it."""
    with made.database.reading() as session:
        first = made.response(session, 0).id
        sheets = session.scalars(select(Assignment.reference).where(Assignment.response_id == first)).all()
    begins = {
        "/challenges/<reference>": [made.reference],
        "/responses/<reference>": made.responses[:1],
        "/assessments/<reference>": sheets,
    }
    known = {"response": made.responses[0], "position": 2, "number": 2, "file_reference": "x", "round": "challenge"}
    found = []
    for rule in app.url_map.iter_rules():
        root = next((each for each in begins if rule.rule.startswith(each)), None)
        if "GET" in (rule.methods or ()) and root and rule.arguments - {"kind"} <= {"reference", *known}:
            found += [_filled(rule.rule, known | {"reference": each}) for each in begins[root]]
    return found


def _filled(rule: str, known: dict[str, object]) -> str:
    """A rule with its variables replaced; `kind` is never one of them where it has an address of its own."""
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda part: str(known.get(part[1], "x")), rule)


@pytest.mark.parametrize("who", ["officer", "owner", "quality", "price"])
def test_no_address_shows_a_price_before_the_rest_is_locked(app: Flask, made: Scene, who: str) -> None:
    """Whoever they are, and an owner who sits on the panel, too: until then the envelope is closed to all of them."""
    lock_quality(made, but=1)
    people: dict[str, Person] = {
        "officer": made.officer,
        "owner": made.owner,
        "quality": made.assessors[0],
        "price": made.assessors[PRICE],
    }
    with made.database.writing() as session:
        if who in {"quality", "price"}:
            make.grant(session, people[who], Role.CHALLENGE_OWNER, made.inside(session).challenge.lead)
    tried = addresses_of(app, made)
    assert len(tried) > 80
    assert f"/responses/{made.responses[0]}/read" in tried
    assert leaks(signed_in(app, people[who]), *tried) == []


def test_the_firm_itself_reads_its_price_all_along(app: Flask, made: Scene) -> None:
    """The canary can be found: a firm's own copy shows it."""
    path = f"/responses/{made.responses[0]}/copies/2"
    assert leaks(signed_in(app, made.firms[0]), path) == [path]


def test_prices_open_only_once_the_rest_is_locked(app: Flask, made: Scene) -> None:
    client, path = signed_in(app, made.officer), f"/challenges/{made.reference}/assessment/prices"
    lock_quality(made, but=1)
    assert client.post(path).status_code == 409
    with pytest.raises(MoveRefused, match="Everything but the price"):
        open_prices(made)
    with made.database.reading() as session:
        assert session.scalars(select(Assignment).where(Assignment.price)).all() == []
    made.mark(1, 2, 3)
    panel = client.get(f"/challenges/{made.reference}/assessment").text
    Page(panel)
    assert "Open the prices" in panel
    assert client.post(path).status_code == 302
    with made.database.reading() as session:
        given = session.scalars(select(Assignment).where(Assignment.price)).all()
        assert {(sheet.person_id, sheet.words) for sheet in given} == {(made.assessors[PRICE].id, 0)}
        assert len(given) == 3


def test_price_assessors_then_read_the_price_and_nothing_else(app: Flask, made: Scene) -> None:
    lock_quality(made)
    open_prices(made)
    with made.database.reading() as session:
        sheet = made.sheet(session, PRICE, 0)
        address = f"/assessments/{sheet.reference}"
        assert [row.criterion.by_price for row in sheet_rows(session, sheet)] == [True]
    client = signed_in(app, made.assessors[PRICE])
    assert leaks(client, address, f"{address}/criteria/2") == []
    assert client.post(f"{address}/declaration").status_code == 302
    for page in (client.get(address).text, client.get(f"{address}/criteria/2").text):
        Page(page)
        assert all(said in page for said in SHOWN)
        assert "What we do." not in page
    assert client.get(f"{address}/criteria/1").status_code == 404
    assert client.get(f"{address}/files/x").status_code == 404


def test_those_who_judged_the_rest_never_read_a_price(app: Flask, made: Scene) -> None:
    """Not when prices are open, nor when scores are: a meeting could still talk about what they gave."""
    with made.database.writing() as session:
        make.grant(session, made.assessors[0], Role.CHALLENGE_OWNER, made.inside(session).challenge.lead)
    lock_quality(made)
    open_prices(made)
    quality, officer = signed_in(app, made.assessors[0]), signed_in(app, made.officer)
    tried = addresses_of(app, made)
    for response in range(3):
        made.mark(PRICE, response, 5)
    made.open_scores()
    assert leaks(quality, *tried) == []
    read = f"/responses/{made.responses[0]}/read"
    assert "What we do." in quality.get(read).text
    assert leaks(officer, read) == [read]


def test_no_other_sheet_is_reopened_once_prices_are_open(made: Scene) -> None:
    lock_quality(made)
    open_prices(made)
    with made.database.writing() as session:
        actor, sheet = made.actor(session, made.assessors[0]), made.sheet(session, 0, 0)
        with pytest.raises(MoveRefused, match="opened"):
            services.reopen(session, actor, sheet, "I would like to think again.")


def test_prices_close_again_while_somebody_judges_the_rest(made: Scene) -> None:
    """A conflict that comes up late hands a response on; until its new assessor has locked, no price is read."""
    lock_quality(made)
    with made.database.writing() as session:
        late = make.person_as(session, Role.BUDGET_HOLDER, made.inside(session).challenge.lead)
        officer, inside = made.actor(session, made.officer), made.inside(session)
        member = services.add_assessor(session, officer, inside, late)
        services.prepare(session, made.actor(session, late), member)
    open_prices(made)
    made.mark(PRICE, 0, 4, lock=False)
    with made.database.writing() as session:
        services.recuse(session, made.actor(session, made.assessors[0]), made.sheet(session, 0, 0), "A friend.")
    with made.database.reading() as session:
        sheet = made.sheet(session, PRICE, 0)
        assert reading_of(session, sheet).price_pence is None
        assert reading_of(session, sheet).sections == {}
    with pytest.raises(NotNow, match="closed again"):
        made.mark(PRICE, 0, 5, lock=False)
    with pytest.raises(MoveRefused):
        made.mark(PRICE, 1, 5)
    made.assessors.append(late)
    made.mark(3, 0, 2)
    made.mark(PRICE, 0, 5)


def test_what_price_assessors_give_counts_with_its_weight(made: Scene) -> None:
    lock_quality(made)
    open_prices(made)
    with pytest.raises(MoveRefused, match="Enough assessors"):
        made.open_scores()
    for response, value in enumerate((5, 2, 0)):
        made.mark(PRICE, response, value)
    made.open_scores()
    with made.database.reading() as session:
        inside = made.inside(session)
        stands = opened_standing(session, made.actor(session, made.officer), inside)
        weights = [each.weight for each in inside.round.criteria]
        totals = [stands.places[judged.response.id].total for judged in stands.judged]
        assert totals == [weights[0] * 3 / 5 + weights[1] * value / 5 for value in (5, 2, 0)]


def test_nobody_judges_both_halves(made: Scene) -> None:
    with made.database.writing() as session:
        inside, officer = made.inside(session), made.actor(session, made.officer)
        member = session.scalars(select(PanelMember).where(PanelMember.person_id == made.assessors[0].id)).one()
        with pytest.raises(NotNow, match="one half"):
            services.write_skills(session, officer, inside, member, services.Judges(price=True))


def test_prices_need_somebody_who_judges_them(made: Scene) -> None:
    with made.database.writing() as session:
        inside, officer = made.inside(session), made.actor(session, made.officer)
        member = session.scalars(select(PanelMember).where(PanelMember.person_id == made.assessors[PRICE].id)).one()
        services.stand_down(session, officer, inside, member, "Away.")
    lock_quality(made)
    with pytest.raises(NotNow, match="Say first who does"):
        open_prices(made)


def test_a_price_is_never_in_the_journal(made: Scene) -> None:
    from portal.journal.models import JournalEntry

    lock_quality(made)
    open_prices(made)
    made.mark(PRICE, 0, 4)
    with made.database.reading() as session:
        kept = json.dumps([each.data for each in session.scalars(select(JournalEntry))])
    assert str(FIGURE) not in kept
    assert WORDS not in kept

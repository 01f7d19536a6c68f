"""The public list: what is on it, how it is narrowed and searched, and that it stays quick (invariants 10 and 12)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from portal.challenges import finding, search
from portal.challenges.listing import Status, Wanted, page_of_challenges
from portal.challenges.models import (
    Challenge,
    ChallengeParty,
    Deal,
    DealStage,
    Part,
    Round,
    RoundKind,
    SearchedChallenge,
)
from portal.challenges.pathway import ChallengeState
from portal.db import Database
from tests.support import make, many
from tests.support.clock import TestClock

HOSTILE = (
    *(
        '"',
        "'",
        '""',
        '"unclosed',
        "a AND",
        "NOT",
        "NEAR(",
        "*",
        "-",
        "a:b",
        "words:x",
        "(((",
        "x'y''z",
        "%",
        "_",
        "\\",
    ),
    *("&|!", ":*", "<->", "\x00", "a\x00b", "🙂", "ﬁ", "１２", "٣", "x" * 500, "a " * 300, "日本語", "ß", "a_b", "…"),
)


def titles(client: FlaskClient, address: str) -> list[str]:
    """The titles on a page of the list, in their order."""
    from tests.support.page import Page

    answer = client.get(address)
    assert answer.status_code == 200, address
    page = Page(answer.text)
    return [each.text for each in page.elements if each.tag == "a" and each.has_class("app-card__link")]


def indexed(session: Any, **fields: Any) -> Challenge:
    """A challenge that has been released and can be found."""
    made = make.challenge(session, **({"state": "open"} | fields))
    search.index(session, made)
    return made


@pytest.fixture
def region(database: Database, clock: TestClock) -> dict[str, int]:
    """Four challenges of two councils, one of them not released."""
    with database.writing() as session:
        city, borough = (
            make.authority(session, name=name, code=code) for name, code in (("City", "CI"), ("Ware", "WA"))
        )
        now = clock.now()
        old, new = now - timedelta(days=20), now - timedelta(days=2)
        indexed(session, lead=city, title="Café tables", theme="food", released_at=old, summary="Who sits where?")
        indexed(session, lead=borough, title="Night buses", theme="transport", released_at=new, state="showcase")
        indexed(
            session,
            lead=city,
            title="Damp walls",
            theme="housing",
            released_at=now - timedelta(days=9),
            state="no_solution",
        )
        make.challenge(session, lead=city, title="A secret in the making", state="articulation")
        return {"city": city.id, "borough": borough.id}


@pytest.mark.usefixtures("region")
def test_released_challenges_newest_first_and_no_others(client: FlaskClient) -> None:
    assert titles(client, "/challenges") == ["Night buses", "Damp walls", "Café tables"]


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=food", ["Café tables"]),
        ("authority=CI", ["Damp walls", "Café tables"]),
        ("status=open", ["Café tables"]),
        ("status=later", ["Night buses"]),
        ("status=ended", ["Damp walls"]),
        ("authority=CI&status=ended&theme=housing&q=wall", ["Damp walls"]),
        ("authority=WA&status=ended", []),
        ("q=cafe", ["Café tables"]),
        ("q=CAF%C3%89+tab", ["Café tables"]),
        ("q=secret", []),
        ("theme=nothing", []),
        ("authority=nobody", []),
        ("status=nonsense", []),
        ("page=nonsense", ["Night buses", "Damp walls", "Café tables"]),
        ("theme=%00", ["Night buses", "Damp walls", "Café tables"]),
    ],
)
def test_what_narrows_the_list(client: FlaskClient, query: str, found: list[str]) -> None:
    assert titles(client, f"/challenges?{query}") == found


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_breaks_the_search(client: FlaskClient, typed: str) -> None:
    answer = client.get("/challenges", query_string={"q": typed})
    assert answer.status_code == 200


@pytest.mark.usefixtures("region")
def test_a_page_beyond_the_end_says_so_and_leads_back(client: FlaskClient) -> None:
    answer = client.get("/challenges?page=7&authority=CI")
    assert "There is no page 7" in answer.text
    assert "/challenges?authority=CI&amp;page=1" in answer.text or "/challenges?page=1&amp;authority=CI" in answer.text


@pytest.mark.usefixtures("region")
def test_the_filters_stay_in_the_form_and_in_the_pages(client: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        many.released(session, 45, authorities=1)
    answer = client.get("/challenges?authority=M0&page=2")
    assert '<option value="M0" selected>' in answer.text
    assert "authority=M0&amp;page=3" in answer.text or "page=3&amp;authority=M0" in answer.text


def test_pages_together_hold_everything_once(database: Database) -> None:
    with database.writing() as session:
        many.released(session, 50)
    for status in (None, *Status):
        with database.reading() as session:
            pages = [page_of_challenges(session, Wanted(status=status), number=n, size=7).page for n in range(1, 9)]
        rows = [row for page in pages for row in page.items]
        assert len({row.reference for row in rows}) == len(rows) == pages[0].total
        assert [row.released_at for row in rows] == sorted((row.released_at for row in rows), reverse=True)


def test_every_released_challenge_has_one_status(database: Database) -> None:
    with database.writing() as session:
        for state in many.RELEASED:
            make.challenge(session, state=state)
    with database.reading() as session:
        found = {status: page_of_challenges(session, Wanted(status=status), size=50).page for status in Status}
    states = [row.state for page in found.values() for row in page.items]
    assert sorted(states) == sorted(map(str, many.RELEASED))


def test_a_joint_authority_finds_its_challenge_too(
    database: Database, client: FlaskClient, region: dict[str, int]
) -> None:
    with database.writing() as session:
        led = session.scalars(select(Challenge).where(Challenge.title == "Night buses")).one()
        session.add(ChallengeParty(challenge_id=led.id, organisation_id=region["city"], part=Part.JOINT))
    assert titles(client, "/challenges?authority=CI") == ["Night buses", "Damp walls", "Café tables"]
    assert titles(client, "/challenges?authority=CI&q=bus") == ["Night buses"]


@pytest.mark.usefixtures("region")
def test_once_the_deadline_has_passed_it_is_being_assessed(client: FlaskClient, clock: TestClock) -> None:
    clock.advance(days=31)
    assert titles(client, "/challenges?status=open") == []
    assert titles(client, "/challenges?status=assessed") == ["Café tables"]
    assert "Responses being assessed" in client.get("/challenges").text


def test_a_tender_is_judged_by_its_own_deadline(database: Database, clock: TestClock) -> None:
    with database.writing() as session:
        tendered = make.challenge(session, state="tender")
        make.round_of(session, tendered, kind=RoundKind.TENDER, deadline=clock.now() + timedelta(days=3))
    for days, state in ((0, ChallengeState.TENDER), (4, ChallengeState.TENDER_ASSESSMENT)):
        clock.advance(days=days)
        with database.reading() as session:
            assert [row.state for row in page_of_challenges(session, Wanted()).page.items] == [state]


@pytest.mark.usefixtures("region")
def test_a_row_says_whose_it_is_until_when_and_for_what_money(database: Database, client: FlaskClient) -> None:
    with database.writing() as session:
        opened = session.scalars(select(Challenge).where(Challenge.title == "Café tables")).one()
        session.add(Deal(challenge_id=opened.id, stages=[DealStage(stage=3), DealStage(stage=4, pays_pence=250_000)]))
    text = client.get("/challenges?status=open").text
    for words in (
        "City",
        "Who sits where?",
        "Open for responses",
        "30 days left",
        "Pays up to £2,500 a firm",
        "£40,000",
    ):
        assert words in text
    with database.writing() as session:
        session.execute(update(DealStage).values(pays_pence=0))
    assert "Unpaid until a contract" in client.get("/challenges?status=open").text


@pytest.mark.parametrize("query", ["", "?status=open", "?authority=M1&theme=food&status=later", "?q=damp"])
def test_at_most_two_statements_however_many_rows(
    database: Database, client: FlaskClient, statements: Callable[[], Any], query: str
) -> None:
    counts = []
    for rows in (20, 50):
        with database.writing() as session:
            many.released(session, rows, seed=rows)
        with statements() as seen:
            client.get(f"/challenges{query}")
        counts.append(len([each for each in seen if "SELECT" in each]))
    assert counts == [2, 1]


@pytest.mark.usefixtures("region")
def test_what_was_released_a_moment_ago_can_be_chosen(database: Database, client: FlaskClient) -> None:
    client.get("/challenges")
    with database.writing() as session:
        indexed(session, lead=make.authority(session, name="Newcomer", code="NE"), theme="novelty")
    assert len(titles(client, "/challenges?authority=NE")) == 1
    assert len(titles(client, "/challenges?theme=novelty")) == 1
    assert '<option value="NE">Newcomer</option>' in client.get("/challenges").text


def test_more_than_a_thousand_are_not_counted(database: Database, client: FlaskClient) -> None:
    with database.writing() as session:
        many.released(session, 1_020)
    assert "More than 1,000 challenges" in client.get("/challenges").text


@pytest.mark.parametrize("address", ["/", "/challenges", "/challenges?q=bus", "/challenges.atom"])
@pytest.mark.usefixtures("region")
def test_a_stranger_gets_no_cookie_and_a_page_that_may_be_kept_a_minute(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("address", ["/", "/challenges", "/challenges?status=assessed"])
def test_no_list_is_kept_past_a_deadline(
    database: Database, client: FlaskClient, clock: TestClock, address: str
) -> None:
    with database.writing() as session:
        window = session.scalars(select(Round).join(Round.challenge).where(Challenge.title == "Café tables")).one()
        window.deadline = clock.now() + timedelta(seconds=20)
    clock.advance(seconds=8)
    assert client.get(address).headers["Cache-Control"] in {"public, max-age=12", "public, max-age=11"}


def test_an_amended_brief_is_found_by_its_new_words_only(database: Database) -> None:
    with database.writing() as session:
        amended = indexed(session, title="Old heron")
        amended.title = "New egret"
        search.index(session, amended)
    for words, found in ((("heron",), 0), (("egret",), 1)):
        with database.reading() as session:
            assert page_of_challenges(session, Wanted(words=words)).page.total == found


def test_what_is_not_released_is_not_indexed_even_when_asked_to(database: Database) -> None:
    with database.writing() as session:
        indexed(session, state="articulation", title="Ptarmigan")
    with database.reading() as session:
        assert page_of_challenges(session, Wanted(words=("ptarmigan",))).page.total == 0


def test_the_index_can_be_rebuilt(database: Database) -> None:
    with database.writing() as session:
        make.challenge(session, state="open", title="Wheatear")
        search.rebuild(session)
    with database.writing() as session:
        search.rebuild(session)
    with database.reading() as session:
        assert page_of_challenges(session, Wanted(words=("wheat",))).page.total == 1


def test_a_frequent_word_and_a_rare_one_are_found_alike_whichever_way_is_taken(database: Database) -> None:
    """PostgreSQL walks the newest rows for the one and asks its index for the other: the same rows, newest first."""
    with database.writing() as session:
        many.released(session, 60)
        newest = list(session.scalars(select(Challenge.id).order_by(Challenge.released_at.desc(), Challenge.id.desc())))
        rare = session.get_one(Challenge, newest[40])
        searched = session.scalars(select(SearchedChallenge).order_by(SearchedChallenge.id)).all()
        for each in searched:
            each.words += " common quokka" if each.challenge_id == rare.id else " common"
    for word, most, expected in (("common", 5, 5), ("common", 1001, 60), ("quokka", 5, 1)):
        with database.reading() as session:
            rows = finding.matches(database.dialect, None, []).order_by(text("position DESC")).limit(most)
            given = {"words": search.parameter(database.dialect, [word]), finding.MOST: most}
            ids = [row.id for row in session.execute(rows, given)]
        assert ids == ([rare.id] if word == "quokka" else newest)[:most]
        assert len(ids) == expected

"""A challenge's own page, its feed and its calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from portal import journal
from portal.challenges import brief_content
from portal.challenges.models import (
    BriefSection,
    BriefVersion,
    Challenge,
    ChallengeLink,
    Deal,
    DealStage,
    LinkKind,
    MustHave,
    Question,
    Round,
)
from portal.db import Database
from portal.policy import CLOCK
from portal.text import rich_text
from tests.support import make
from tests.support.clock import TestClock
from tests.support.page import Page
from tests.support.people import signed_in


def publish(session: Any, challenge: Challenge, number: int, reason: str = "") -> None:
    """A published version of the brief as its rows stand."""
    text = brief_content.canonical(brief_content.content_of(session, challenge))
    digest = brief_content.digest_of(text)
    session.add(
        BriefVersion(
            challenge_id=challenge.id,
            number=number,
            published_at=challenge.released_at,
            reason=reason,
            content=text,
            digest=digest,
        )
    )
    session.flush()


@pytest.fixture
def reference(database: Database, clock: TestClock) -> str:
    """An open challenge with a whole brief, its second version, and an answered question."""
    clock.set(clock.now())
    with database.writing() as session:
        made = make.challenge(session, state="open", brief_number=2)
        window = session.scalars(select(Round).where(Round.challenge_id == made.id)).one()
        window.questions_until = clock.now() + timedelta(days=20)
        text = rich_text("How might buses **wait**?<script>alert(1)</script>")
        section = {"source": text.source, "html": text.html, "cleaner_version": text.cleaner_version}
        session.add(BriefSection(challenge_id=made.id, key="question", **section))
        session.add(MustHave(challenge_id=made.id, position=1, text="Works without reading."))
        stages = [DealStage(stage=3, hours=12), DealStage(stage=4, pays_pence=250_000)]
        session.add(Deal(challenge_id=made.id, go_on_count=3, decision_on=date(2027, 2, 1), stages=stages))
        session.flush()
        publish(session, made, 1)
        publish(session, made, 2, "The third question was unclear.")
        add_answer(session, window)
        return made.reference


def add_answer(session: Any, window: Round, number: int = 1) -> None:
    """A question that was answered."""
    now = window.opens_at or window.deadline
    said = {"text": "As asked", "published_text": f"May we share {number}?", "answer": "Yes, you may."}
    person = make.person(session)
    session.add(
        Question(
            reference=f"Q{window.id}-{number}",
            round_id=window.id,
            asked_by_id=person.id,
            asked_at=now,
            state="answered",
            state_since=now,
            answered_at=now,
            **said,
        )
    )


def test_it_tells_all_a_firm_needs(client: FlaskClient, reference: str) -> None:
    text = client.get(f"/challenges/{reference}").text
    Page(text)
    told = (
        "Buses that wait for the people who need them",
        "How might buses <strong>wait</strong>?",
        "Open for responses",
        "You are here",
        "The deal",
        "£2,500 for each firm",
        "Works without reading.",
        "60 points of 100",
        "1 February 2027",
        "May we share 1?",
        "Yes, you may.",
        "The third question was unclear.",
        "30 days left",
        f"/challenges/{reference}/respond",
        f"/challenges/{reference}/ask",
        f"/challenges/{reference}.ics",
    )
    assert [words for words in told if words not in text] == []
    assert "<script>alert" not in text
    assert "As asked" not in text


def test_what_is_being_amended_is_not_shown_before_it_is_published(
    database: Database, client: FlaskClient, reference: str
) -> None:
    with database.writing() as session:
        made = session.scalars(select(Challenge).where(Challenge.reference == reference)).one()
        session.add(MustHave(challenge_id=made.id, position=2, text="Sings at night."))
        made.title = "Another title"
    text = client.get(f"/challenges/{reference}").text
    assert "Sings at night." not in text
    assert "Another title" not in text


@pytest.mark.parametrize(
    "address", ["/challenges/EV-0000-000", "/challenges/%00", "/challenges/%F0%9F", "/challenges/x.ics"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_before_its_release_nobody_outside_learns_of_it(database: Database, client: FlaskClient) -> None:
    with database.writing() as session:
        hidden = make.challenge(session, state="articulation").reference
    for address in (f"/challenges/{hidden}", f"/challenges/{hidden}.ics"):
        assert client.get(address).status_code == 404


def test_after_the_deadline_nobody_is_asked_to_answer(client: FlaskClient, reference: str, clock: TestClock) -> None:
    clock.advance(days=31)
    text = client.get(f"/challenges/{reference}").text
    assert "Responses being assessed" in text
    assert "/respond" not in text
    assert "/ask" not in text


def test_a_stranger_gets_no_cookie_and_never_a_page_past_a_moment_that_changes_it(
    client: FlaskClient, reference: str, clock: TestClock
) -> None:
    start = clock.now()
    clock.set(start)
    answer = client.get(f"/challenges/{reference}")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    for day in (20, 30):
        clock.set(start + timedelta(days=day, seconds=-5))
        kept = client.get(f"/challenges/{reference}").headers["Cache-Control"]
        assert kept in {"public, max-age=4", "public, max-age=5"}


@pytest.mark.parametrize(
    ("state", "words"), [("no_solution", "no solution found"), ("not_funded", "not funded"), ("withdrawn", "Withdrawn")]
)
def test_an_honest_end_says_so_with_its_reason_and_where_it_stopped(
    database: Database, client: FlaskClient, state: str, words: str
) -> None:
    with database.writing() as session:
        ended = make.challenge(session, state=state, end_reason="Nobody could show that it works.")
        place = ("challenge", ended.id)
        journal.record(session, CLOCK, "x", place, challenge_id=ended.id, before="showcase", after=state)
        reference = ended.reference
    page = Page(client.get(f"/challenges/{reference}").text)
    assert words in page.html
    assert "Nobody could show that it works." in page.html
    here = [each for each in page.elements if each.get("aria-current") == "step"]
    assert ["Prototypes showcased" in each.text for each in here] == [True]


def test_an_active_partnership_has_walked_the_whole_way(database: Database, client: FlaskClient) -> None:
    with database.writing() as session:
        reference = make.challenge(session, state="activated").reference
    text = client.get(f"/challenges/{reference}").text
    assert "A partnership came of this challenge" in text
    assert "You are here" not in text


def test_related_challenges_are_linked_both_ways_once_released(database: Database, client: FlaskClient) -> None:
    with database.writing() as session:
        earlier = make.challenge(session, state="no_solution", title="The first try")
        later = make.challenge(session, state="open", title="The second try")
        hidden = make.challenge(session, state="articulation", title="The third try")
        session.add(ChallengeLink(earlier_id=earlier.id, later_id=later.id, kind=LinkKind.RUN_AGAIN))
        session.add(ChallengeLink(earlier_id=later.id, later_id=hidden.id, kind=LinkKind.COPY))
        references = earlier.reference, later.reference
    first, second = (client.get(f"/challenges/{each}").text for each in references)
    assert "Run again as" in first
    assert "The second try" in first
    assert "Run again after" in second
    assert "The first try" in second
    assert "The third try" not in second


def test_the_number_of_statements_does_not_grow(
    database: Database, client: FlaskClient, reference: str, statements: Callable[[], Any]
) -> None:
    counts = []
    for number in (5, 50):
        with database.writing() as session:
            made = session.scalars(select(Challenge).where(Challenge.reference == reference)).one()
            window = session.scalars(select(Round).where(Round.challenge_id == made.id)).one()
            for each in range(number, number * 2):
                add_answer(session, window, each + 100)
        with statements() as seen:
            client.get(f"/challenges/{reference}")
        counts.append(len([each for each in seen if "SELECT" in each]))
    assert counts[0] == counts[1] <= 4


def test_following_and_no_longer(database: Database, app: Flask, reference: str) -> None:
    with database.writing() as session:
        somebody = make.person(session)
    client, address = signed_in(app, somebody), f"/challenges/{reference}"
    assert "Follow: get answers" in client.get(address).text
    for _twice in range(2):
        client.post(f"{address}/follow")
    assert "Stop following" in client.get(address).text
    client.post(f"{address}/unfollow")
    assert "Follow: get answers" in client.get(address).text
    assert app.test_client().post(f"{address}/follow").status_code == 302


def test_a_page_for_somebody_signed_in_is_not_kept(database: Database, app: Flask, reference: str) -> None:
    with database.writing() as session:
        somebody = make.person(session)
    assert signed_in(app, somebody).get(f"/challenges/{reference}").headers["Cache-Control"] == "no-store"


def test_the_feed_holds_the_newest(database: Database, client: FlaskClient) -> None:
    with database.writing() as session:
        shown = make.challenge(session, state="open", title="Bins & “bags” <b>")
        make.challenge(session, state="articulation", title="Not yet")
        reference = shown.reference
    answer = client.get("/challenges.atom")
    assert answer.mimetype == "application/atom+xml"
    feed, atom = fromstring(answer.data), "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [each.findtext(f"{atom}title") for each in entries] == ["Bins & “bags” <b>"]
    assert entries[0].findtext(f"{atom}id") == f"http://localhost/challenges/{reference}"
    assert feed.findtext(f"{atom}updated")


def test_an_empty_feed_is_a_feed(client: FlaskClient) -> None:
    assert fromstring(client.get("/challenges.atom").data).tag.endswith("feed")


def test_the_calendar_holds_the_three_dates(database: Database, client: FlaskClient, reference: str) -> None:
    answer = client.get(f"/challenges/{reference}.ics")
    assert answer.mimetype == "text/calendar"
    events = [each for each in Calendar.from_ical(answer.data).walk() if each.name == "VEVENT"]
    words = [str(each["summary"]).split(":")[0] for each in events]
    assert words == ["Last moment for questions", "Responses close", "We tell you our decision"]
    with database.reading() as session:
        assert events[1].decoded("dtstart") == session.scalar(select(Round.deadline)).replace(microsecond=0)  # type: ignore[union-attr]
    assert events[2].decoded("dtstart") == date(2027, 2, 1)


def test_the_front_page_shows_what_is_open_and_the_way(database: Database, client: FlaskClient, reference: str) -> None:
    with database.writing() as session:
        make.challenge(session, state="support", title="Further on")
    text = client.get("/").text
    Page(text)
    for words in (reference, "Prototypes showcased", "For firms", "For public bodies", "/register", "/sign-in"):
        assert words in text
    assert "Further on" not in text


def test_nothing_open_is_said_so(client: FlaskClient) -> None:
    assert "Nothing is open today" in client.get("/").text

"""A section's page: two colleagues, earlier answers, and passages that are confidential."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Person
from portal.db import Conflict, Database
from portal.machine import MoveRefused
from portal.organisations.models import FirmProfile, Organisation
from portal.policy import Permission
from portal.responses import queries, services
from portal.responses.content import content_of
from portal.responses.sections import SUMMARY, criterion_key
from tests.support import make
from tests.support.answering import Scene, acting, after, asked_of, opened_by, own, scene, started, submitted, written
from tests.support.clock import TestClock
from tests.support.people import signed_in

Visit = Callable[[int], FlaskClient]


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


@pytest.fixture
def visit(app: Flask, database: Database) -> Visit:
    def come(person: int) -> FlaskClient:
        with database.reading() as session:
            return signed_in(app, session.get_one(Person, person))

    return come


def saved(database: Database, at: Scene, reference: str, text: str, *, reason: str | None = None) -> int:
    with database.writing() as session:
        actor = acting(session, at.colleague)
        response = own(session, actor, reference)
        version = {row.key: row.version for row in queries.sections_of(session, response)}.get(SUMMARY)
        return services.save_section(
            session, actor, response, SUMMARY, text, version=version, confidential_reason=reason
        )


def test_both_texts_stay_on_the_page_and_saving_again_is_a_choice(database: Database, at: Scene, visit: Visit) -> None:
    reference = started(database, at)
    saved(database, at, reference, "Theirs.")
    mine, where = visit(at.member), f"/responses/{reference}/sections/{SUMMARY}"
    answer = mine.post(where, data={"text": "Mine.", "version": ""})
    assert answer.status_code == 409
    assert "Theirs." in answer.text
    assert "Mine.</textarea>" in answer.text
    assert 'name="version" value="1"' in answer.text
    assert mine.post(where, data={"text": "Mine and theirs.", "version": "1"}).status_code == 302
    told = mine.post(f"{where}/autosave", json={"text": "Late", "version": 1})
    assert told.status_code == 409
    assert (told.json or {})["theirs"] == "Mine and theirs."
    assert (told.json or {})["version"] == 2


def test_of_two_autosaves_at_once_one_is_told_of_the_other(database: Database, at: Scene) -> None:
    reference = started(database, at)
    for number in range(4):
        gate, outcomes = Barrier(2), list[str]()
        with database.reading() as session:
            rows = queries.sections_of(session, own(session, acting(session, at.member), reference))
            version = rows[0].version if rows else None

        def save(
            person: int,
            text: str,
            gate: Barrier = gate,
            outcomes: list[str] = outcomes,
            version: int | None = version,
        ) -> None:
            gate.wait()
            try:
                with database.writing() as session:
                    actor = acting(session, person)
                    response = own(session, actor, reference)
                    services.save_section(session, actor, response, SUMMARY, text, version=version)
                outcomes.append(text)
            except Conflict:
                outcomes.append("told")

        people = ((at.member, f"Mine {number}"), (at.colleague, f"Theirs {number}"))
        threads = [Thread(target=save, args=each) for each in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes)[-1] == "told"
        with database.reading() as session:
            rows = queries.sections_of(session, own(session, acting(session, at.member), reference))
            assert rows[0].text in outcomes


def test_an_earlier_answer_and_the_profile_can_be_started_from(database: Database, at: Scene, visit: Visit) -> None:
    earlier = started(database, at)
    saved(database, at, earlier, "What we said in spring.")
    with database.writing() as session:
        session.get_one(Organisation, at.firm).summary = "Four people who mend sensors."
    other = scene(database)
    with database.writing() as session:
        firm = session.get_one(Organisation, at.firm)
        challenge = make.challenge(session, state="open")
        response = make.response(session, challenge, organisation=firm, text="")
        reference = response.reference
    hidden = started(database, other)
    with database.writing() as session:
        actor = acting(session, other.member)
        services.save_section(session, actor, own(session, actor, hidden), SUMMARY, "A rival's words.", version=None)
    client, where = visit(at.member), f"/responses/{reference}/sections/{SUMMARY}"
    page = client.get(where).text
    assert "What we said in spring." in page
    assert "Four people who mend sensors." in page
    assert "A rival" not in page
    begun = client.get(f"{where}?start=profile").text
    assert "Four people who mend sensors.</textarea>" in begun
    assert "It is not saved yet" in begun
    assert "</textarea>" in client.get(f"{where}?start=999999").text
    with database.reading() as session:
        rows = queries.sections_of(session, own(session, acting(session, at.member), reference))
        assert [row.text for row in rows] == [""], "a look changes nothing"


def test_a_partner_is_offered_nothing_of_the_leads_other_responses(database: Database, at: Scene, visit: Visit) -> None:
    earlier = started(database, at)
    saved(database, at, earlier, "Only ours.")
    with database.writing() as session:
        challenge = make.challenge(session, state="open")
        response = make.response(session, challenge, organisation=session.get_one(Organisation, at.firm), text="")
        partner = next(iter(acting(session, at.stranger).ids(Permission.RESPONSE_WRITE)))
        make.member(session, response, session.get_one(Organisation, partner))
        reference = response.reference
    assert "Only ours." not in visit(at.stranger).get(f"/responses/{reference}/sections/{SUMMARY}").text


def test_what_is_marked_needs_a_reason_and_is_told_apart_for_ever(database: Database, at: Scene, visit: Visit) -> None:
    reference = started(database, at)
    written(database, at, reference)
    text = "Our sensor costs [[£12]] to make."
    saved(database, at, reference, text)
    with pytest.raises(MoveRefused) as refused:
        submitted(database, at, reference)
    assert "Say why passages" in str(refused.value.refusal.missing)
    saved(database, at, reference, text, reason="Competitors could underbid us.")
    submitted(database, at, reference)
    with database.reading() as session:
        copy = queries.latest_snapshot(session, own(session, acting(session, at.member), reference))
        assert copy is not None
        kept = content_of(copy).section(SUMMARY)
        assert kept is not None
        assert (kept.text, kept.confidential_reason) == (text, "Competitors could underbid us.")
    after(at.deadline)
    for officer in at.officers:
        opened_by(database, at, officer)
    client = visit(at.officers[0])
    inside = client.get(f"/responses/{reference}/read").text
    assert '<mark class="app-confidential">' in inside
    assert "Competitors could underbid us." in inside
    outside = client.get(f"/responses/{reference}/disclosable").text
    assert "£12" not in outside
    assert "Withheld" in outside


def test_social_value_shows_its_example_and_offers_the_firms_statement(
    database: Database, at: Scene, visit: Visit
) -> None:
    reference = started(database, at)
    with database.writing() as session:
        criterion = asked_of(session, at).criteria[0]
        criterion.social_outcome, criterion.example = "skills", "Two students a week."
        session.add(FirmProfile(organisation_id=at.firm, social_impact="Ten people repair what they once threw away."))
        where = f"/responses/{reference}/sections/{criterion_key(criterion.id)}"
        other = f"/responses/{reference}/sections/{SUMMARY}"
    client = visit(at.member)
    page = client.get(where).text
    assert "Two students a week." in page
    assert "nobody is ranked by one" in page
    assert "Your social impact statement" in page
    assert "Ten people repair what they once threw away.</textarea>" in client.get(f"{where}?start=statement").text
    assert "Your social impact statement" not in client.get(other).text

"""The demonstration region: every challenge rests where its text says, nothing sealed gets out, every page answers.

Loading takes a while, so one loading serves all that is looked at, on each database.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from ocdsmerge import Merger
from sqlalchemy import func, select

from portal.accounts import passwords
from portal.accounts.models import Person
from portal.application import create_app
from portal.assessment.models import Assignment, PricesOpened
from portal.challenges.models import Challenge, DeadlineChange, Incident
from portal.db import Database
from portal.debriefs.models import Debrief
from portal.demo import loading
from portal.demo import shapes as texts
from portal.demo.library import load as read_texts
from portal.demo.people import listed
from portal.demo.world import PASSWORD
from portal.exclusions.models import SupplierCheck
from portal.journal import verify
from portal.journal.models import JournalEntry
from portal.notices.models import Notice
from portal.open_data.publisher import publisher
from portal.open_data.publishing import compiled
from portal.open_data.queries import releases_of
from portal.outbox import OutboxMessage, worded
from portal.responses import seal
from portal.responses.models import Departure
from tests.support import open_contracting
from tests.support.app import settings
from tests.support.people import signed_in

LONG_ENOUGH_TO_BE_TELLING = 30
LIBRARY = read_texts()


@pytest.fixture
def demonstration(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The portal as a demonstration, still without its region."""
    address = database.url.render_as_string(hide_password=False)
    app = create_app(settings(address, tmp_path) | {"PORTAL_DEMO": True})
    yield app
    app.extensions["database"].dispose()


def test_the_demonstration_region(demonstration: Flask) -> None:
    told = demonstration.test_cli_runner().invoke(args=["demo", "load"])
    assert told.exit_code == 0, told.output
    assert f"{len(LIBRARY.challenges)} challenges" in told.output
    database: Database = demonstration.extensions["database"]
    everything_rests_where_its_text_says(database)
    the_telling_moments_are_there(database)
    what_follows_an_outcome_is_there(database)
    the_journal_holds_and_follows_the_time(database)
    loading_again_changes_nothing(demonstration, database)
    no_message_holds_sealed_text(database)
    every_message_left_to_send_has_words(demonstration, database)
    everybody_has_the_password(database)
    every_page_answers(demonstration, database)
    what_is_published_is_valid_and_merges(database)


def test_nothing_is_loaded_outside_the_demonstration(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["demo", "load"])
    assert told.exit_code == 1
    assert "PORTAL_DEMO=1" in told.output
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count(Person.id))) == 0
    assert "demonstration_people" not in app.extensions


def test_a_loading_that_was_broken_off_is_told(demonstration: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_walks: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "run", broken)
    with pytest.raises(KeyboardInterrupt):
        loading.load(demonstration.extensions["database"])
    told = demonstration.test_cli_runner().invoke(args=["demo", "load"])
    assert told.exit_code == 1
    assert "empty database" in told.output


def everything_rests_where_its_text_says(database: Database) -> None:
    with database.reading() as session:
        rests = dict(session.execute(select(Challenge.title, Challenge.state)).all())
    assert rests == {each.title: each.state for each in LIBRARY.challenges}


def the_telling_moments_are_there(database: Database) -> None:
    """Prices opened after all else was locked, an hour lost that everybody got back, partners who left in both ways."""
    with database.reading() as session, seal.lifted(session):
        (opened,) = session.scalars(select(PricesOpened)).all()
        sheets = session.scalars(select(Assignment).where(Assignment.round_id == opened.round_id)).all()
        assert sorted(each.state for each in sheets if each.price) == ["assigned", "locked"]
        assert all(each.locked_at and each.locked_at < opened.at for each in sheets if not each.price)
        (away,) = session.scalars(select(Incident)).all()
        given = session.get_one(DeadlineChange, away.change_id)
        assert given.incident
        assert given.after - given.before >= away.ended_at - away.began_at
        copies = session.scalars(select(Departure.copy_number)).all()
        assert sorted(copies, key=bool) == [None, 1]


def what_follows_an_outcome_is_there(database: Database) -> None:
    """A debrief at each step, firms that told of themselves before a contract, and every notice a contract comes to."""
    with database.reading() as session, seal.lifted(session):
        debriefs = session.scalars(select(Debrief)).all()
        assert {each.state: bool(each.answer) for each in debriefs} == {"asked": False, "arranged": False, "held": True}
        checks = session.scalars(select(SupplierCheck)).all()
        assert {each.state for each in checks} == {"given", "in_order"}
        (weighed,) = (each for each in checks if each.ground_applies)
        assert weighed.state == "in_order"
        assert weighed.note
        published = set(session.scalars(select(Notice.kind).where(Notice.state == "published")))
        assert {kind.value for kind in published} >= {f"UK{number}" for number in range(2, 12)}


def the_journal_holds_and_follows_the_time(database: Database) -> None:
    with database.reading() as session:
        assert list(verify(session)) == []
        times = session.scalars(select(JournalEntry.at).order_by(JournalEntry.sequence)).all()
    assert list(times) == sorted(times)


def loading_again_changes_nothing(app: Flask, database: Database) -> None:
    before = _size(database)
    told = app.test_cli_runner().invoke(args=["demo", "load"])
    assert told.exit_code == 0
    assert "nothing was changed" in told.output
    assert _size(database) == before


def _size(database: Database) -> tuple[int | None, int | None]:
    with database.reading() as session:
        entries = session.scalar(select(func.max(JournalEntry.sequence)))
        return entries, session.scalar(select(func.count(OutboxMessage.id)))


def no_message_holds_sealed_text(database: Database) -> None:
    with database.reading() as session:
        said = "\n".join(session.scalars(select(OutboxMessage.parameters)))
        said += "\n".join(session.scalars(select(JournalEntry.data)))
    assert [text for text in _answers() if text in said or json.dumps(text)[1:-1] in said] == []


def _answers() -> Iterable[str]:
    for challenge in LIBRARY.challenges:
        tenders = challenge.tender.responses if challenge.tender else ()
        for answer in (*challenge.responses, *tenders):
            words = (answer.solution, answer.already_developed, answer.why_us, answer.delivery)
            yield from (text for text in words if len(text) > LONG_ENOUGH_TO_BE_TELLING)


def every_message_left_to_send_has_words(app: Flask, database: Database) -> None:
    with app.test_request_context(), database.reading() as session:
        waiting = session.scalars(select(OutboxMessage).where(OutboxMessage.sent_at.is_(None))).all()
        letters = Counter(each.to_person_id or each.to_address for each in waiting)
        assert 0 < max(letters.values()) <= loading.LETTERS_KEPT
        for message in waiting:
            mail = worded(session, message.kind, json.loads(message.parameters))
            assert mail is None or mail.subject


def everybody_has_the_password(database: Database) -> None:
    with database.reading() as session:
        digests = session.scalars(select(Person.password_digest).distinct()).all()
    assert len(digests) == 1
    assert passwords.matches(digests[0], PASSWORD)


def every_page_answers(app: Flask, database: Database) -> None:
    with database.reading() as session:
        people = {person.email: person for person in session.scalars(select(Person))}
        rows = session.execute(select(Challenge.title, Challenge.reference, Challenge.released_at)).all()
    references = {title: reference for title, reference, _ in rows}
    public = [f"/challenges/{reference}" for _, reference, released_at in rows if released_at]
    clients = {email: signed_in(app, person) for email, person in people.items()}
    anybody = app.test_client()
    wrong = [path for path in ("/", "/challenges", "/sign-in", *public) if anybody.get(path).status_code != 200]
    wrong += [f"/home of {email}" for _, email, _ in listed() if clients[email].get("/home").status_code != 200]
    for challenge in LIBRARY.challenges:
        path = f"/challenges/{references[challenge.title]}/progress"
        for email in _leaders(challenge):
            if clients[email].get(path).status_code != 200:
                wrong.append(f"{path} of {email}")
    assert wrong == []
    assert all(name in anybody.get("/sign-in").text for name, _, _ in listed())


def _leaders(challenge: texts.Challenge) -> tuple[str, str]:
    return f"{challenge.owner}@demo.example", f"{challenge.officer}@demo.example"


def what_is_published_is_valid_and_merges(database: Database) -> None:
    """By the official schemas, where the folder of real data that holds them is here."""
    with database.reading() as session:
        released = session.scalars(select(Challenge).where(Challenge.released_at.is_not(None))).all()
        published = {each.id: releases_of(session, publisher().ocid(each.reference)) for each in released}
    assert [each.title for each in released if not published[each.id]] == []
    for challenge in released:
        releases = [json.loads(each.content) for each in published[challenge.id]]
        assert releases[0]["tag"] in (["planning"], ["tender"])
        if open_contracting.FOLDER.exists():
            merged = compiled(list(published[challenge.id]))
            assert [fault for each in (*releases, merged) for fault in open_contracting.faults(each)] == []
            assert Merger(open_contracting.release_schema()).create_compiled_release(releases) == merged

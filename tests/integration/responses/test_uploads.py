"""Files on their way in are scanned where a scanner is configured, and what nothing names is swept away."""

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Person
from portal.db import Database
from portal.files.store import LocalStore
from portal.files.sweeping import sweep
from portal.responses.queries import files_of
from portal.responses.services import remove_file
from tests.support.answering import Scene, acting, own, scene, started, submitted, written
from tests.support.clock import TestClock
from tests.support.people import signed_in
from tests.support.scanner import Behaviour, answering, daemon, serving

Attach = Callable[[bytes], tuple[int, str]]
NAMED, TAKEN_OUT, ORPHAN = b"named by a snapshot", b"taken out of a draft", b"named by nothing"


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


@pytest.fixture
def draft(database: Database, at: Scene) -> str:
    return started(database, at)


@pytest.fixture
def attach(app: Flask, database: Database, at: Scene, draft: str) -> Attach:
    with database.reading() as session:
        member = session.get_one(Person, at.member)
    client: FlaskClient = signed_in(app, member)

    def send(content: bytes) -> tuple[int, str]:
        data = {"file": (io.BytesIO(content), f"plan {len(content)}.txt")}
        answer = client.post(f"/responses/{draft}/files", data=data, content_type="multipart/form-data")
        return answer.status_code, answer.text

    return send


@pytest.fixture
def store(app: Flask, tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


def scanned(app: Flask, behave: Behaviour, attach: Attach, content: bytes) -> tuple[int, str]:
    with serving(behave) as address:
        app.config["PORTAL_CLAMAV_URL"] = address
        return attach(content)


def test_a_clean_file_is_taken_and_an_infected_one_is_refused_in_words(
    app: Flask, attach: Attach, store: LocalStore
) -> None:
    status, page = scanned(app, daemon, attach, b"a plan with EICAR in it")
    assert status == 422
    assert "The malware scanner found something in this file, so it was not kept." in page
    assert "Nothing is attached" in page
    assert list(store.digests()) == []
    assert scanned(app, daemon, attach, b"a plan")[0] == 302
    assert len(list(store.digests())) == 1


def test_a_scanner_that_is_away_or_confused_lets_nothing_in(app: Flask, attach: Attach, store: LocalStore) -> None:
    app.config["PORTAL_CLAMAV_URL"] = "/nowhere/clamd.socket"
    for status, page in (attach(b"a plan"), scanned(app, answering(b"UNKNOWN COMMAND\0"), attach, b"a plan")):
        assert status == 422
        assert "The malware scanner does not answer, so the file was not kept." in page
    assert list(store.digests()) == []


def test_only_what_nothing_names_is_swept_and_only_after_a_day(
    app: Flask, database: Database, at: Scene, draft: str, attach: Attach, store: LocalStore, tmp_path: Path
) -> None:
    """A snapshot keeps its file, so does a draft from which it was taken out, and sealed files are kept like others."""
    for content in (NAMED, TAKEN_OUT):
        assert attach(content)[0] == 302
    written(database, at, draft)
    submitted(database, at, draft)
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, draft)
        for each in list(files_of(session, response)):
            remove_file(session, actor, response, each.reference)
    orphan = store.put(io.BytesIO(ORPHAN)).digest
    kept = set(store.digests()) - {orphan}
    assert len(kept) == 2
    assert sweep(database, store) == 0, "nothing is a day old"
    for place in (tmp_path / "files").glob("??/*"):
        os.utime(place, (0, 0))
    assert sweep(database, store) == 1
    assert set(store.digests()) == kept


def test_the_worker_sweeps(app: Flask, store: LocalStore, tmp_path: Path) -> None:
    orphan = store.put(io.BytesIO(ORPHAN)).digest
    os.utime(tmp_path / "files" / orphan[:2] / orphan, (0, 0))
    assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
    assert list(store.digests()) == []


def test_what_is_put_again_meanwhile_is_not_forgotten(store: LocalStore) -> None:
    digest = store.put(io.BytesIO(ORPHAN)).digest
    assert store.delete(digest, timedelta(days=1)) is False
    assert store.delete(digest) is True
    assert store.delete(digest) is False

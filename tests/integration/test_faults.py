"""What people see when something is wrong: words, the right status, and nothing half done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from portal.db import Database
from portal.web import PUBLIC, access
from tests.support.app import made_for_tests


@pytest.fixture
def away(app: Flask) -> Iterator[None]:
    """The database does not answer."""
    database = app.extensions["database"]

    def refuse(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    for engine in (database.engine, database.reading_engine):
        event.listen(engine, "before_cursor_execute", refuse)
    yield
    for engine in (database.engine, database.reading_engine):
        event.remove(engine, "before_cursor_execute", refuse)


def test_the_database_away_is_said_and_watched_for(client: FlaskClient, away: None) -> None:
    page = client.get("/challenges")
    assert page.status_code == 503
    assert "<h1" in page.text
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_it_is_ready_when_the_database_answers(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_an_unknown_address_is_not_found_in_words(client: FlaskClient) -> None:
    page = client.get("/challenges/EV-2026-999")
    assert page.status_code == 404
    assert "<h1" in page.text


def test_a_host_that_is_not_ours_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_fault_of_ours_is_a_plain_page_without_its_cause(database: Database, tmp_path: Path) -> None:
    address = database.url.render_as_string(hide_password=False)
    with made_for_tests(address, tmp_path, new=True) as app:

        @app.get("/broken")
        @access(PUBLIC)
        def broken() -> str:
            raise RuntimeError("the password is quokka")

        app.config["PROPAGATE_EXCEPTIONS"] = False
        page = app.test_client().get("/broken")
    assert page.status_code == 500
    assert "quokka" not in page.text


def test_anonymous_pages_set_no_cookie_and_may_be_kept_for_a_minute(client: FlaskClient) -> None:
    for path in ("/", "/challenges", "/pathways"):
        page = client.get(path)
        assert "Set-Cookie" not in page.headers, path
        assert page.headers["Cache-Control"] == "public, max-age=60", path


def test_every_answer_has_its_headers(client: FlaskClient) -> None:
    for path in ("/", "/sign-in", "/nowhere"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"

"""What people see when something is wrong: words, the right status, and nothing half done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from portal.db import Database
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.web import PUBLIC, access
from tests.support import make
from tests.support.app import made_for_tests
from tests.support.people import signed_in


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


def test_who_is_signed_out_while_writing_keeps_the_text(client: FlaskClient) -> None:
    late = client.post("/challenges/EV-2026-001/ask", data={"text": "A long question", "csrf_token": "x"})
    assert late.status_code == 403
    assert "You are no longer signed in, so nothing was saved." in late.text
    assert "A long question" in late.text
    assert 'href="/sign-in"' in late.text
    assert client.post("/challenges/EV-2026-001/ask").location == "/sign-in"


def test_a_move_that_is_no_longer_theirs_keeps_the_reason(database: Database, app: Flask) -> None:
    with database.writing() as session:
        challenge = make.challenge(session, state="design_thinking")
        lead = session.get_one(Organisation, challenge.lead_id)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, lead)
        path = f"/challenges/{challenge.reference}/moves/withdraw"
    client = signed_in(app, owner)
    assert client.post(path, data={"reason": "Nobody needs it."}).status_code == 302
    again = client.post(path, data={"reason": "A better reason, written at length."})
    assert again.status_code in (409, 422)
    assert "A better reason, written at length." in again.text


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
    for path in ("/", "/challenges", "/pathways", "/privacy", "/accessibility"):
        page = client.get(path)
        assert "Set-Cookie" not in page.headers, path
        assert page.headers["Cache-Control"] == "public, max-age=60", path


def test_whom_to_write_to_is_said(app: Flask, client: FlaskClient) -> None:
    for path in ("/privacy", "/accessibility"):
        assert "the public body you deal with" in client.get(path).text
        app.config["PORTAL_CONTACT"] = "portal@evenholt.example"
        assert 'href="mailto:portal@evenholt.example"' in client.get(path).text
        app.config["PORTAL_CONTACT"] = ""


def test_every_answer_has_its_headers(client: FlaskClient) -> None:
    for path in ("/", "/sign-in", "/nowhere"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"

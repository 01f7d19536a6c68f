"""A body larger than the portal takes gets its page, for whoever is signed in."""

import io

from flask import Flask

from portal.accounts.models import Person
from portal.db import Database
from tests.support.answering import scene, started
from tests.support.people import signed_in


def test_a_body_that_is_too_large_is_refused_in_words(app: Flask, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    app.config["MAX_CONTENT_LENGTH"] = 1_000
    at = scene(database)
    reference = started(database, at)
    with database.reading() as session:
        client = signed_in(app, session.get_one(Person, at.member))
    sent = {"file": (io.BytesIO(bytes(2_000)), "film.png")}
    answer = client.post(f"/responses/{reference}/files", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "That is too large" in answer.text

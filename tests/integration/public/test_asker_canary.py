"""The asker canary: through the whole life of its questions, nothing tells who asked, how many did, or when."""

import json
import re
from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.identity import actor_of
from portal.challenges.models import Challenge, Question
from portal.challenges.services.following import follow
from portal.db import Base, Database
from portal.journal.models import JournalEntry
from portal.mail.sending import rendered
from portal.outbox import OutboxMessage, worded
from portal.policy import Role
from tests.integration.public.test_questions import CANARY, Scene, approve_it, publish_all, scene, version_of
from tests.support import make
from tests.support.clock import TestClock
from tests.support.people import signed_in

__all__ = ["scene"]

TELLING = (*CANARY, "Zebedee", "Quillfeather", "zebedee")
OF_WHEN = ("3 November", "4 November", "2026-11-03", "2026-11-04")
"""The days on which they asked; the scene begins on the 3rd, and the answers go out on the 6th."""


def asks(app: Flask, scene: Scene, text: str, *, confidential: bool = False) -> str:
    typed = {"text": text} | ({"confidential": "y"} if confidential else {})
    assert signed_in(app, scene.asker).post(f"/challenges/{scene.reference}/ask", data=typed).status_code == 302
    with app.extensions["database"].reading() as session:
        return str(session.scalars(select(Question.reference).order_by(Question.id.desc()).limit(1)).one())


def lives(app: Flask, scene: Scene, clock: TestClock) -> Iterator[list[str]]:
    """Four questions through every state; after each turn, all their references."""
    base = f"/challenges/{scene.reference}/questions"
    plain, twin = asks(app, scene, "May we bring a dog?"), asks(app, scene, "Are dogs allowed?")
    clock.advance(days=1)
    secret, gone = (asks(app, scene, each, confidential=True) for each in ("Our engine?", "Our price?"))
    every = [plain, twin, secret, gone]
    officer, asker = signed_in(app, scene.officer), signed_in(app, scene.asker)  # yesterday's sign-ins are over
    yield every
    for each in (secret, gone):
        words = {"wording": "Does it work with engines?", "version": version_of(app, each)}
        assert officer.post(f"{base}/{each}/propose", data=words).status_code == 302
    yield every
    agreed = {"wording": "Does it work with machines?", "version": version_of(app, secret)}
    assert asker.post(f"{base}/{secret}/wording", data=agreed).status_code == 302
    assert asker.post(f"{base}/{gone}/withdraw").status_code == 302
    merged = {"into": plain, "version": version_of(app, twin)}
    assert officer.post(f"{base}/{twin}/merge", data=merged).status_code == 302
    yield every
    clock.advance(days=2)
    for each in (plain, secret):
        approve_it(app, scene, each, wording="Are animals welcome?", answer="Small ones.")
    yield every
    publish_all(app, scene)
    yield every


def shown(clients: dict[str, FlaskClient], scene: Scene, references: list[str]) -> Iterator[tuple[str, str, str]]:
    """Who reads what at which address."""
    base = f"/challenges/{scene.reference}"
    acts = ("answer", "check", "propose", "merge", "decline", "wording")
    inside = [f"{base}/questions/{each}/{act}" for each in references for act in acts]
    paths = [base, "/challenges", "/challenges.atom", "/home", f"{base}/questions/inbox", f"{base}/ask"]
    for who, client in clients.items():
        theirs = inside if who in {"officer", "owner"} else inside[: len(acts)]
        for path in [*paths, f"{base}/progress", *theirs]:
            yield who, path, client.get(path, follow_redirects=True).text


def test_nothing_tells_who_asked_or_when(app: Flask, database: Database, scene: Scene, clock: TestClock) -> None:
    with database.writing() as session:
        rival = make.person_as(session, Role.SUPPLIER_MEMBER, make.supplier(session))
    for references in lives(app, scene, clock):
        clients = {
            "officer": signed_in(app, scene.officer),
            "owner": signed_in(app, scene.owner),
            "rival": signed_in(app, rival),
            "anybody": app.test_client(),
        }
        for who, path, text in shown(clients, scene, references):
            assert [word for word in TELLING if word in text] == [], (who, path)
            about_questions = re.sub(r"<(dt|dd)>.*?</\1>|<li>.*?</li>", "", text) if "/questions/" in path else ""
            assert [day for day in OF_WHEN if day in about_questions] == [], (who, path)


def test_no_mail_and_no_journal_of_the_challenge_names_them(
    app: Flask, database: Database, scene: Scene, clock: TestClock
) -> None:
    with database.writing() as session:
        other = make.person(session)
        follow(session, actor_of(session, other), session.get_one(Challenge, scene.challenge_id))
    for _ in lives(app, scene, clock):
        pass
    with app.app_context(), database.reading() as session:
        mails: dict[str, list[tuple[int | None, str]]] = {}
        for row in session.scalars(select(OutboxMessage)):
            mail = worded(session, row.kind, json.loads(row.parameters))
            assert mail is not None
            whole = f"{mail.subject} {mail.path} {rendered(mail, '')}"
            assert [word for word in TELLING if word in whole] == []
            mails.setdefault(row.kind, []).append((row.to_person_id, whole))
        told = mails["questions.answered"]
        assert sorted(person or 0 for person, _ in told) == sorted((scene.asker.id, other.id))
        assert len({whole for _, whole in told}) == 1  # the same to the letter, whoever asked
        assert {person for person, _ in mails["questions.proposed"]} == {scene.asker.id}
        filed = session.scalars(select(JournalEntry).where(JournalEntry.challenge_id == scene.challenge_id)).all()
        assert filed
        assert scene.asker.id not in {each.actor_id for each in filed}
        said = " ".join(each.data for each in filed)
        assert [word for word in TELLING if word in said] == []


def test_the_answers_say_nothing_of_how_many_asked(
    app: Flask, database: Database, scene: Scene, clock: TestClock
) -> None:
    for _ in lives(app, scene, clock):
        pass
    page = app.test_client().get(f"/challenges/{scene.reference}").text
    assert page.count('class="app-qa__answer"') == 2
    assert len(set(re.findall(r"Published [^<]+", page))) == 1
    assert "together" not in page
    with database.engine.connect() as connection:
        names = {
            table.name
            for table in Base.metadata.sorted_tables
            for row in connection.execute(table.select())
            if "Quillfeather" in str(tuple(row))
        }
    assert names <= {"person", "organisation", "search", "outbox_message"}

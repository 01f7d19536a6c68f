"""Questions: asked privately until the cut-off, answered to everyone, and never with who asked."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.identity import actor_of
from portal.accounts.models import Person, SignIn
from portal.challenges.models import Challenge, Question, Round
from portal.challenges.services import questions as services
from portal.db import Database
from portal.journal.models import JournalEntry
from portal.machine import NotAllowed, NotNow
from portal.outbox import OutboxMessage
from portal.outbox.messages import worded
from portal.policy import Role
from tests.support import make
from tests.support.clock import TestClock
from tests.support.people import signed_in

CANARY = ("Zebedee Quillfeather", "zebedee@quillfeather.example", "Quillfeather Looms")


class Scene(NamedTuple):
    """An open challenge, its officer, and a firm's member who may ask."""

    reference: str
    officer: Person
    owner: Person
    asker: Person
    challenge_id: int


@pytest.fixture
def scene(database: Database, clock: TestClock) -> Scene:
    """Questions are open for ten days, responses for thirty."""
    name, email, firm = CANARY
    clock.set(datetime(2026, 11, 3, 9, 47, 13, tzinfo=UTC))
    with database.writing() as session:
        council = make.authority(session)
        challenge = make.challenge(session, state="open", lead=council)
        window = session.scalars(select(Round).where(Round.challenge_id == challenge.id)).one()
        noon = clock.now().replace(hour=12, minute=0)
        window.questions_until, window.deadline = (noon + timedelta(days=days) for days in (10, 30))
        asker = make.person(session, name=name, email=email)
        make.grant(session, asker, Role.SUPPLIER_MEMBER, make.supplier(session, name=firm))
        officer = make.person_as(session, Role.PROCUREMENT_OFFICER, council)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, council)
        return Scene(challenge.reference, officer, owner, asker, challenge.id)


def ask(app: Flask, scene: Scene, text: str = "May we bring a dog?") -> str:
    """Ask through the page; the question's reference."""
    answer = signed_in(app, scene.asker).post(f"/challenges/{scene.reference}/ask", data={"text": text})
    assert answer.status_code == 302
    with app.extensions["database"].reading() as session:
        found = session.scalars(select(Question.reference).order_by(Question.id.desc())).first()
        assert found is not None
        return str(found)


def version_of(app: Flask, question: str) -> int:
    """The version a form that is opened now carries."""
    with app.extensions["database"].reading() as session:
        return int(session.scalars(select(Question.version).where(Question.reference == question)).one())


def approve_it(app: Flask, scene: Scene, question: str, *, wording: str, answer: str) -> None:
    """Draft as the officer and approve as the owner, through the pages."""
    base = f"/challenges/{scene.reference}/questions/{question}"
    typed = {"published_text": wording, "answer": answer, "version": version_of(app, question)}
    drafted = signed_in(app, scene.officer).post(f"{base}/answer", data=typed, follow_redirects=True)
    assert "Check what everyone will read" in drafted.text
    assert answer not in app.test_client().get(f"/challenges/{scene.reference}").text
    approved = signed_in(app, scene.owner).post(f"{base}/approve", data={"version": version_of(app, question)})
    assert approved.status_code == 302
    assert answer not in app.test_client().get(f"/challenges/{scene.reference}").text


def publish_all(app: Flask, scene: Scene) -> FlaskClient:
    """Publish what the inbox shows as ready."""
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions"
    shown = re.search(r'name="batch" value="([0-9a-f]{64})"', client.get(f"{base}/inbox").text)
    assert shown is not None
    assert client.post(f"{base}/publish", data={"batch": shown[1]}).status_code == 302
    return client


def answer_it(app: Flask, scene: Scene, question: str, *, wording: str, answer: str) -> FlaskClient:
    """Draft, approve and publish through the pages."""
    approve_it(app, scene, question, wording=wording, answer=answer)
    return publish_all(app, scene)


def queued(database: Database) -> list[tuple[str, int | None]]:
    """The kinds of message that wait, and for whom."""
    with database.reading() as session:
        rows = session.execute(select(OutboxMessage.kind, OutboxMessage.to_person_id).order_by(OutboxMessage.id))
        return [(kind, person) for kind, person in rows]


def test_the_answer_goes_to_everyone_in_the_officers_wording(app: Flask, database: Database, scene: Scene) -> None:
    with database.writing() as session:
        follower = make.person(session)
    signed_in(app, follower).post(f"/challenges/{scene.reference}/follow")
    question = ask(app, scene)
    assert "May we bring a dog?" not in app.test_client().get(f"/challenges/{scene.reference}").text
    answer_it(app, scene, question, wording="Are animals welcome?", answer="Small ones are.")
    page = app.test_client().get(f"/challenges/{scene.reference}").text
    assert "Are animals welcome?" in page
    assert "Small ones are." in page
    assert "May we bring a dog?" not in page
    assert queued(database) == [("questions.answered", each) for each in sorted((scene.asker.id, follower.id))]


def test_nobody_learns_who_asked(app: Flask, database: Database, scene: Scene, clock: TestClock) -> None:
    clock.advance(minutes=34)
    question = ask(app, scene)
    base = f"/challenges/{scene.reference}"
    officer = signed_in(app, scene.officer)
    pages = [f"{base}/questions/inbox", f"{base}/questions/{question}/answer", f"{base}/questions/{question}/decline"]
    clock.advance(hours=3)
    texts = [officer.get(page).text for page in pages]
    answer_it(app, scene, question, wording="Are animals welcome?", answer="Small ones are.")
    texts += [officer.get(page, follow_redirects=True).text for page in pages]
    texts += [app.test_client().get(page).text for page in (base, "/challenges", "/", "/challenges.atom")]
    with database.reading() as session:
        for row in session.scalars(select(OutboxMessage)).all():
            mail = worded(session, row.kind, json.loads(row.parameters))
            assert mail is not None
            with app.test_request_context():
                texts.append(mail.subject + app.jinja_env.get_template(mail.template).render(link="", **mail.context))
    assert len(texts) == 11
    for text in texts:
        assert [word for word in (*CANARY, "Zebedee", "Quillfeather", "10:21") if word in text] == []


def test_the_journal_of_the_challenge_does_not_name_the_asker(app: Flask, database: Database, scene: Scene) -> None:
    ask(app, scene)
    with database.reading() as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.actor_id == scene.asker.id)).all()
    assert [(each.event, each.challenge_id) for each in entries] == [("question.asked", None)]


def test_a_declined_question_is_told_to_the_asker_only(app: Flask, database: Database, scene: Scene) -> None:
    question = ask(app, scene, "What did the others ask?")
    officer = signed_in(app, scene.officer)
    address = f"/challenges/{scene.reference}/questions/{question}/decline"
    empty = officer.post(address, data={"reason": " ", "version": "1"})
    assert empty.status_code == 422
    assert "Say why" in empty.text
    assert officer.post(address, data={"reason": "It is theirs to tell.", "version": "1"}).status_code == 302
    assert queued(database) == [("questions.declined", scene.asker.id)]
    assert "It is theirs to tell." in signed_in(app, scene.asker).get(f"/challenges/{scene.reference}/ask").text
    public = app.test_client().get(f"/challenges/{scene.reference}").text
    assert "It is theirs to tell." not in public
    assert "What did the others ask?" not in public


@pytest.mark.parametrize(("late_by", "status"), [(-1, 302), (0, 409), (1, 409)])
def test_the_cut_off_is_kept_to_the_millisecond(
    app: Flask, database: Database, scene: Scene, clock: TestClock, late_by: int, status: int
) -> None:
    client = signed_in(app, scene.asker)
    with database.reading() as session:
        cut_off = session.scalar(select(Round.questions_until))
    assert cut_off is not None
    clock.set(cut_off + timedelta(milliseconds=late_by))
    with app.extensions["database"].writing() as session:
        for each in session.scalars(select(SignIn)):
            each.expires_at = clock.now() + timedelta(hours=1)
    answer = client.post(f"/challenges/{scene.reference}/ask", data={"text": "Is it too late?"})
    assert answer.status_code == status
    with database.reading() as session:
        assert len(session.scalars(select(Question.id)).all()) == (1 if status == 302 else 0)
    if status == 409:
        assert "Is it too late?" in answer.text
        assert "Questions about this challenge are closed" in answer.text


def test_no_questions_once_it_is_no_longer_open(database: Database, scene: Scene, clock: TestClock) -> None:
    with database.writing() as session:
        closed = make.challenge(session, state="assessment")
        window = session.scalars(select(Round).where(Round.challenge_id == closed.id)).one()
        window.questions_until, window.deadline = (clock.now() + timedelta(days=days) for days in (1, 2))
        with pytest.raises(NotNow):
            services.ask(session, actor_of(session, scene.asker), closed, "And now?")


def test_an_empty_or_endless_question_is_refused_and_kept(app: Flask, scene: Scene) -> None:
    client, address = signed_in(app, scene.asker), f"/challenges/{scene.reference}/ask"
    assert "Write your question." in client.post(address, data={"text": "   "}).text
    long = client.post(address, data={"text": "lang " * 1_000})
    assert long.status_code == 422
    assert "3,000 characters" in long.text
    assert "lang lang" in long.text
    odd = client.post(address, data={"text": "nul \x00 and <b>bold</b>"}, follow_redirects=True)
    assert odd.status_code == 200
    assert "&lt;b&gt;bold" in odd.text


def test_who_may_see_and_answer(app: Flask, database: Database, scene: Scene) -> None:
    question = ask(app, scene)
    base = f"/challenges/{scene.reference}/questions"
    with database.writing() as session:
        elsewhere = make.person_as(session, Role.PROCUREMENT_OFFICER, make.authority(session))
    for address in (
        f"{base}/inbox",
        f"{base}/{question}/answer",
        f"{base}/{question}/check",
        f"{base}/{question}/decline",
    ):
        assert app.test_client().get(address).status_code == 302
        assert signed_in(app, elsewhere).get(address).status_code == 404
        assert signed_in(app, scene.asker).get(address).status_code == 404
        assert signed_in(app, scene.officer).get(address).status_code in {200, 302}
    other = app.test_client().get(f"/challenges/{scene.reference}/ask")
    assert other.status_code == 302


def test_the_owner_writes_and_approves_but_an_officer_publishes(app: Flask, scene: Scene) -> None:
    question = ask(app, scene)
    client, base = signed_in(app, scene.owner), f"/challenges/{scene.reference}/questions"
    assert f"{question}/answer" in client.get(f"{base}/inbox").text
    typed = {"published_text": "Dogs?", "answer": "Yes.", "version": "1"}
    assert client.post(f"{base}/{question}/answer", data=typed).status_code == 302
    assert client.post(f"{base}/{question}/approve", data={"version": "2"}).status_code == 403
    assert signed_in(app, scene.officer).post(f"{base}/{question}/approve", data={"version": "2"}).status_code == 302
    assert client.post(f"{base}/publish", data={"batch": "0" * 64}).status_code == 403
    publish_all(app, scene)
    assert "Yes." in app.test_client().get(f"/challenges/{scene.reference}").text


def test_whoever_writes_an_answer_never_approves_it(app: Flask, scene: Scene) -> None:
    question = ask(app, scene)
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions"
    client.post(f"{base}/{question}/answer", data={"published_text": "Dogs?", "answer": "Yes.", "version": "1"})
    assert "somebody else approves it" in client.get(f"{base}/{question}/check").text
    refused = client.post(f"{base}/{question}/approve", data={"version": "2"})
    assert refused.status_code == 403
    assert "somebody else has to approve it" in refused.text


def test_two_officers_cannot_overwrite_each_other(app: Flask, scene: Scene) -> None:
    question = ask(app, scene)
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions/{question}"
    first = {"published_text": "Dogs?", "answer": "Yes.", "version": "1"}
    assert client.post(f"{base}/answer", data=first).status_code == 302
    stale = client.post(f"{base}/answer", data=first | {"answer": "Certainly not."})
    assert stale.status_code == 409
    assert "Certainly not." in stale.text
    owner = signed_in(app, scene.owner)
    assert owner.post(f"{base}/approve", data={"version": "1"}).status_code == 409
    assert owner.post(f"{base}/approve", data={"version": "2"}).status_code == 302


def test_an_answer_is_final(app: Flask, database: Database, scene: Scene) -> None:
    question = ask(app, scene)
    client = answer_it(app, scene, question, wording="Dogs?", answer="Yes.")
    base = f"/challenges/{scene.reference}/questions/{question}"
    for address, typed in (
        ("answer", {"published_text": "Cats?", "answer": "No.", "version": "3"}),
        ("decline", {"reason": "Why not.", "version": "3"}),
        ("take-back", {}),
    ):
        assert client.post(f"{base}/{address}", data=typed).status_code == 409
        assert client.get(f"{base}/answer").status_code == 302
    assert signed_in(app, scene.owner).post(f"{base}/approve", data={"version": "9"}).status_code == 409
    assert queued(database) == [("questions.answered", scene.asker.id)]


def test_an_officer_elsewhere_cannot_answer_even_in_the_service(database: Database, app: Flask, scene: Scene) -> None:
    question = ask(app, scene)
    with database.writing() as session:
        stranger = make.person_as(session, Role.PROCUREMENT_OFFICER, make.authority(session))
        actor = actor_of(session, stranger)
        of_challenge = joinedload(Question.round).joinedload(Round.challenge)
        found = session.scalars(select(Question).where(Question.reference == question).options(of_challenge)).one()
        with pytest.raises(NotAllowed):
            services.draft_answer(session, actor, found, version=1, published_text="Dogs?", answer="Mine.")
        with pytest.raises(NotAllowed):
            services.approve(session, actor, found, version=found.version)


def test_the_inbox_is_paged_and_says_nothing_of_the_order_of_asking(
    app: Flask, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        challenge = session.get_one(Challenge, scene.challenge_id)
        actor = actor_of(session, scene.asker)
        made = [services.ask(session, actor, challenge, f"Question {n}?").reference for n in range(45)]
    client, shown = signed_in(app, scene.officer), []
    for number in (1, 2, 3):
        text = client.get(f"/challenges/{scene.reference}/questions/inbox?page={number}").text
        found = [each for each in sorted(made) if f'id="question-{each}"' in text]
        assert [text.index(f'id="question-{each}"') for each in found] == sorted(
            text.index(f'id="question-{each}"') for each in found
        )
        shown += found
    assert shown == sorted(made)

"""Duplicates, confidential questions and batches: what everyone reads, and that nothing of it tells who asked."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges import questioning
from portal.challenges.models import Challenge, Question, Round
from portal.challenges.questioning import question_inside
from portal.challenges.services import questions as services
from portal.db import Conflict, Database
from portal.journal.models import JournalEntry
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.outbox import OutboxMessage
from tests.integration.public.test_questions import (
    Scene,
    approve_it,
    ask,
    publish_all,
    queued,
    scene,
    version_of,
)
from tests.support import make
from tests.support.clock import TestClock
from tests.support.people import signed_in

__all__ = ["scene"]


def answers(database: Database, scene: Scene) -> list[Question]:
    with database.reading() as session:
        return list(session.scalars(select(Question).where(Question.state == "answered").order_by(Question.reference)))


def another(database: Database) -> Person:
    with database.writing() as session:
        return make.person(session)


def test_a_batch_bears_one_time_and_one_mail(app: Flask, database: Database, scene: Scene, clock: TestClock) -> None:
    for number in range(3):
        approve_it(
            app, scene, ask(app, scene, f"Question {number}?"), wording=f"Asked {number}?", answer=f"Said {number}."
        )
        clock.advance(hours=2)
    publish_all(app, scene)
    published = answers(database, scene)
    assert len(published) == 3
    assert len({each.answered_at for each in published}) == 1
    assert queued(database) == [("questions.answered", scene.asker.id)]
    page = app.test_client().get(f"/challenges/{scene.reference}").text
    places = [page.index(each.published_text) for each in published]
    assert places == sorted(places)  # by their random references, whatever the order of asking


def test_a_batch_that_changed_is_shown_again(app: Flask, scene: Scene) -> None:
    first, second = ask(app, scene, "First?"), ask(app, scene, "Second?")
    approve_it(app, scene, first, wording="First?", answer="One.")
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions"
    seen = client.get(f"{base}/inbox").text.split('name="batch" value="')[1][:64]
    approve_it(app, scene, second, wording="Second?", answer="Two.")
    assert client.post(f"{base}/publish", data={"batch": seen}).status_code == 409
    assert "One." not in app.test_client().get(f"/challenges/{scene.reference}").text


def test_an_approved_answer_changes_only_after_it_is_taken_back(app: Flask, scene: Scene) -> None:
    question = ask(app, scene)
    approve_it(app, scene, question, wording="Dogs?", answer="Yes.")
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions/{question}"
    typed = {"published_text": "Dogs?", "answer": "No.", "version": "3"}
    assert client.post(f"{base}/answer", data=typed).status_code == 409
    assert client.post(f"{base}/take-back").status_code == 302
    assert client.post(f"{base}/answer", data=typed | {"version": version_of(app, question)}).status_code == 302
    again = signed_in(app, scene.owner).post(f"{base}/approve", data={"version": version_of(app, question)})
    assert again.status_code == 302


def test_duplicates_get_one_answer(app: Flask, database: Database, scene: Scene) -> None:
    other = another(database)
    kept = ask(app, scene, "May we bring a dog?")
    signed_in(app, other).post(f"/challenges/{scene.reference}/ask", data={"text": "Are dogs allowed, asks Cawdale?"})
    with database.reading() as session:
        duplicate = session.scalars(select(Question).where(Question.asked_by_id == other.id)).one().reference
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions"
    assert "May we bring a dog?" in client.get(f"{base}/{duplicate}/merge").text
    assert client.post(f"{base}/{duplicate}/merge", data={"version": "1"}).status_code == 422
    assert client.post(f"{base}/{duplicate}/merge", data={"version": "1", "into": kept}).status_code == 302
    inbox = client.get(f"{base}/inbox").text
    assert "answered together with 1 other question" in inbox
    assert "Cawdale" not in inbox
    approve_it(app, scene, kept, wording="Are dogs welcome?", answer="Small ones.")
    publish_all(app, scene)
    assert sorted(queued(database)) == sorted(("questions.answered", each) for each in (scene.asker.id, other.id))
    own = signed_in(app, other).get(f"/challenges/{scene.reference}/ask").text
    assert "Are dogs welcome?" in own
    assert "Small ones." in own
    assert "May we bring a dog?" not in own


def test_a_question_that_was_merged_by_mistake_is_answered_by_itself_again(
    app: Flask, database: Database, scene: Scene
) -> None:
    kept, apart = ask(app, scene, "May we bring a dog?"), ask(app, scene, "Is there a car park?")
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions"
    assert client.post(f"{base}/{apart}/separate").status_code == 409
    client.post(f"{base}/{apart}/merge", data={"version": "1", "into": kept})
    page = client.get(f"{base}/{kept}/answer").text
    assert "Is there a car park?" in page
    assert f'action="{base}/{apart}/separate"' in page
    assert client.post(f"{base}/{apart}/separate").status_code == 302
    assert "answered together" not in client.get(f"{base}/inbox").text
    client.post(f"{base}/{apart}/merge", data={"version": version_of(app, apart), "into": kept})
    approve_it(app, scene, kept, wording="Are dogs welcome?", answer="Small ones.")
    late = client.post(f"{base}/{apart}/separate")
    assert late.status_code == 409
    assert "approved or published already" in late.text
    publish_all(app, scene)
    assert client.post(f"{base}/{apart}/separate").status_code == 409


def test_whoever_asked_a_duplicate_is_told_why_it_is_declined(app: Flask, database: Database, scene: Scene) -> None:
    other = another(database)
    kept = ask(app, scene, "What did the others ask?")
    signed_in(app, other).post(f"/challenges/{scene.reference}/ask", data={"text": "Who asks what?"})
    with database.reading() as session:
        duplicate = session.scalars(select(Question).where(Question.asked_by_id == other.id)).one().reference
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions"
    client.post(f"{base}/{duplicate}/merge", data={"version": "1", "into": kept})
    client.post(f"{base}/{kept}/decline", data={"version": "1", "reason": "It is theirs to tell."})
    assert sorted(queued(database)) == sorted(("questions.declined", each) for each in (scene.asker.id, other.id))
    assert "It is theirs to tell." in signed_in(app, other).get(f"/challenges/{scene.reference}/ask").text


def confidential(app: Flask, database: Database, scene: Scene) -> str:
    typed = {"text": "Does it work with our Quillfeather engine?", "confidential": "y"}
    signed_in(app, scene.asker).post(f"/challenges/{scene.reference}/ask", data=typed)
    with database.reading() as session:
        return session.scalars(select(Question)).one().reference


def test_a_confidential_question_is_worded_by_agreement(app: Flask, database: Database, scene: Scene) -> None:
    question = confidential(app, database, scene)
    client, base = signed_in(app, scene.officer), f"/challenges/{scene.reference}/questions/{question}"
    early = {"published_text": "Quillfeather?", "answer": "Yes.", "version": "1"}
    assert client.post(f"{base}/answer", data=early).status_code == 409
    assert client.post(f"{base}/propose", data={"version": "1", "wording": " "}).status_code == 422
    assert (
        client.post(f"{base}/propose", data={"version": "1", "wording": "Does it work with looms?"}).status_code == 302
    )
    assert queued(database) == [("questions.proposed", scene.asker.id)]
    asker = signed_in(app, scene.asker)
    assert "Does it work with looms?" in asker.get(f"{base}/wording").text
    words = {"wording": "Does it work with machines?"}
    assert asker.post(f"{base}/wording", data=words | {"version": "1"}).status_code == 409
    agreed = asker.post(f"{base}/wording", data=words | {"version": version_of(app, question)})
    assert agreed.status_code == 302
    approve_it(app, scene, question, wording="Quillfeather, after all", answer="With all of them.")
    publish_all(app, scene)
    page = app.test_client().get(f"/challenges/{scene.reference}").text
    assert "Does it work with machines?" in page
    assert "Quillfeather" not in page


def test_only_the_one_who_asked_agrees_and_withdraws(app: Flask, database: Database, scene: Scene) -> None:
    question = confidential(app, database, scene)
    base = f"/challenges/{scene.reference}/questions/{question}"
    signed_in(app, scene.officer).post(f"{base}/propose", data={"version": "1", "wording": "Looms?"})
    for who in (another(database), scene.officer, scene.owner):
        client = signed_in(app, who)
        assert client.get(f"{base}/wording").status_code == 404
        assert client.post(f"{base}/wording", data={"version": "2", "wording": "Mine"}).status_code == 404
        assert client.post(f"{base}/withdraw").status_code == 404
    with database.writing() as session:
        actor = actor_of(session, session.get_one(Person, scene.officer.id))
        found = question_inside(session, actor, scene.reference, question)
        assert found is not None
        with pytest.raises(NotAllowed):
            services.withdraw(session, actor, found)


def test_a_withdrawn_question_is_gone_for_everybody_else(app: Flask, database: Database, scene: Scene) -> None:
    question = confidential(app, database, scene)
    base = f"/challenges/{scene.reference}/questions"
    officer = signed_in(app, scene.officer)
    officer.post(f"{base}/{question}/propose", data={"version": "1", "wording": "Looms?"})
    assert signed_in(app, scene.asker).post(f"{base}/{question}/withdraw").status_code == 302
    assert "engine" not in officer.get(f"{base}/inbox").text
    late = {"version": "3", "wording": "Looms!"}
    assert officer.post(f"{base}/{question}/propose", data=late).status_code == 409
    with database.reading() as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.actor_id == scene.asker.id)).all()
    assert {each.event for each in entries} == {"question.asked", "question.withdraw"}
    assert {each.challenge_id for each in entries} == {None}


def test_a_confidential_question_is_never_merged_unagreed(app: Flask, database: Database, scene: Scene) -> None:
    question = confidential(app, database, scene)
    with database.writing() as session:
        challenge = session.get_one(Challenge, scene.challenge_id)
        asker, officer = (actor_of(session, session.get_one(Person, who.id)) for who in (scene.asker, scene.officer))
        plain = services.ask(session, asker, challenge, "Looms?")
        found = question_inside(session, officer, scene.reference, question)
        assert found is not None
        assert questioning.same_as(session, plain) == []
        with pytest.raises(NotNow):
            services.merge(session, officer, plain, found, version=1)
        with pytest.raises(MoveRefused):
            services.merge(session, officer, found, plain, version=1)


def raced(*acts: object) -> list[str]:
    """Run acts at the same moment; each answers in a word what came of it."""
    outcomes: list[str] = []
    gate = Barrier(len(acts))

    def run(act: object) -> None:
        gate.wait()
        try:
            act()  # type: ignore[operator]
            outcomes.append("done")
        except (NotNow, Conflict):
            outcomes.append("refused")

    threads = [Thread(target=run, args=(each,)) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_who_publish_the_same_batch_one_does(app: Flask, database: Database, scene: Scene) -> None:
    for number in range(2):
        approve_it(app, scene, ask(app, scene, f"Question {number}?"), wording=f"Asked {number}?", answer="Yes.")
    with database.reading() as session:
        challenge = session.get_one(Challenge, scene.challenge_id)
        digest = services.batch_digest(questioning.to_publish(session, challenge))

    def publish() -> None:
        with database.writing() as session:
            actor = actor_of(session, session.get_one(Person, scene.officer.id))
            services.publish_batch(session, actor, session.get_one(Challenge, scene.challenge_id), digest=digest)

    assert raced(publish, publish) == ["done", "refused"]
    assert queued(database) == [("questions.answered", scene.asker.id)]


def test_a_batch_goes_out_while_the_cut_off_passes(
    app: Flask, database: Database, scene: Scene, clock: TestClock
) -> None:
    """The answers are published, and what is asked at the very cut-off is in no batch and not taken."""
    approve_it(app, scene, ask(app, scene), wording="Dogs?", answer="Yes.")
    with database.reading() as session:
        challenge = session.get_one(Challenge, scene.challenge_id)
        digest = services.batch_digest(questioning.to_publish(session, challenge))
        cut_off = session.scalar(select(Round.questions_until).where(Round.challenge_id == challenge.id))
    assert cut_off is not None
    clock.set(cut_off - timedelta(milliseconds=1))

    def publish() -> None:
        with database.writing() as session:
            actor = actor_of(session, session.get_one(Person, scene.officer.id))
            clock.set(cut_off)
            services.publish_batch(session, actor, session.get_one(Challenge, scene.challenge_id), digest=digest)

    def ask_late() -> None:
        with database.writing() as session:
            clock.set(cut_off)
            actor = actor_of(session, session.get_one(Person, scene.asker.id))
            services.ask(session, actor, session.get_one(Challenge, scene.challenge_id), "Is it too late?")

    assert raced(publish, ask_late) == ["done", "refused"]
    with database.reading() as session:
        assert [each.state for each in session.scalars(select(Question))] == ["answered"]
        assert len(session.scalars(select(OutboxMessage)).all()) == 1

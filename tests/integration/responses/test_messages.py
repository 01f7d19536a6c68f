"""Every mail about responses can be worded and rendered by a worker who reads as a stranger."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, render_template
from sqlalchemy import select

from portal.challenges.models import DeadlineChange
from portal.challenges.queries import round_of
from portal.db import Database
from portal.files.arrived import Arrived
from portal.outbox.messages import Mail, kinds, worded
from portal.outbox.models import OutboxMessage
from portal.responses.receipts import read
from portal.responses.services import attach_file
from portal.web.filters import long_datetime
from tests.support.answering import (
    WORD,
    Scene,
    acting,
    answered,
    challenge_of,
    own,
    scene,
    started,
    submitted,
    written,
)
from tests.support.clock import TestClock

Words = Callable[[str], str]


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


def rendered(app: Flask, mail: Mail | None) -> str:
    assert mail is not None
    with app.test_request_context():
        return f"{mail.subject}\n{render_template(mail.template, link=mail.path, **mail.context)}"


def test_the_receipt_has_the_time_and_the_code_and_nothing_of_the_content(
    app: Flask, database: Database, at: Scene
) -> None:
    answered(database, at)
    with database.reading() as session:
        queued = session.scalars(select(OutboxMessage)).one()
        mail = worded(session, queued.kind, json.loads(queued.parameters))
    words = rendered(app, mail)
    assert '"receipt":1' in words
    assert "Received: " in words
    assert WORD not in words


def test_the_mailed_receipt_lists_each_file_by_its_digest_and_never_by_its_name(
    app: Flask, database: Database, at: Scene
) -> None:
    reference = started(database, at)
    written(database, at, reference)
    digests = ["a" * 64, "b" * 64]
    with database.writing() as session:
        member = acting(session, at.member)
        for digest in digests:
            response = own(session, member, reference)
            attach_file(session, member, response, Arrived(digest, 9, "text/plain", f"{WORD}.txt"))
    submitted(database, at, reference)
    with database.reading() as session:
        queued = session.scalars(select(OutboxMessage)).one()
        words = rendered(app, worded(session, queued.kind, json.loads(queued.parameters)))
    assert "1. " + digests[0] in words
    assert "2. " + digests[1] in words
    assert WORD not in words
    assert read(words) is not None, "the whole mail can be pasted as the receipt"


SHORT = ["reconfirm", "brief_changed", "extended", "reopened", "ended"]


OF_PARTNERS = ("partner_joined", "partner_left", "partner_declined", "taken_out")


@pytest.mark.parametrize("kind", SHORT)
def test_news_of_the_challenge_names_it_alone(app: Flask, database: Database, at: Scene, kind: str) -> None:
    with database.reading() as session:
        challenge = challenge_of(session, at)
        mail = worded(session, f"responses.{kind}", {"challenge": challenge.id})
        assert challenge.title in rendered(app, mail)


@pytest.mark.parametrize("kind", ["responses.extended", "responses.reopened", "challenges.deadline_moved"])
def test_a_deadline_that_moved_is_said_with_the_old_one_and_the_reason(
    app: Flask, database: Database, at: Scene, kind: str
) -> None:
    with database.writing() as session:
        challenge = challenge_of(session, at)
        asked = round_of(session, challenge)
        assert asked is not None
        assert asked.deadline is not None
        before, asked.deadline = asked.deadline, asked.deadline + timedelta(hours=4)
        facts = {"before": before, "after": asked.deadline, "changed_at": before - timedelta(days=1)}
        session.add(DeadlineChange(round_id=asked.id, reason="A power cut.", incident=True, **facts))
        key, now = challenge.id, asked.deadline
    with database.reading() as session:
        words = rendered(app, worded(session, kind, {"challenge": key}))
    for said in (long_datetime(before), long_datetime(now), "The portal was away for a while", "A power cut."):
        assert said in words


def test_a_partner_who_left_asks_for_something_only_while_responses_are_taken(
    app: Flask, database: Database, at: Scene, clock: TestClock
) -> None:
    def said() -> str:
        with database.reading() as session:
            about = {"challenge": challenge_of(session, at).id, "response": "ABC", "firm": at.firm}
            return rendered(app, worded(session, "responses.partner_left", about))

    assert "share out its part of the work anew" in said()
    clock.advance(days=60)
    assert "you need do nothing" in said()
    assert "anew" not in said()


def test_the_others(app: Flask, database: Database, at: Scene, clock: TestClock) -> None:
    with database.reading() as session:
        key = challenge_of(session, at).id
        about = {"challenge": key, "response": "ABC"}
        withdrawn = worded(session, "responses.withdrawn", about | {"at": clock.now().isoformat()})
        asked = {"challenge": key, "key": "K", "lead": at.firm, "share": 30}
        for known, path in ((True, "/partner-invitations/K"), (False, "/partner-invitations/K/begin")):
            invited = worded(session, "responses.invited", asked | {"known": known})
            assert "30%" in rendered(app, invited)
            assert invited is not None
            assert invited.path == path
        for kind, more in (
            ("partner_joined", {"firm": at.firm}),
            ("partner_left", {"firm": at.firm}),
            ("partner_declined", {"email": "a@example.org"}),
            ("taken_out", {"lead": at.firm}),
        ):
            assert rendered(app, worded(session, f"responses.{kind}", about | more))
        assert rendered(app, withdrawn)
        help_mail = rendered(app, worded(session, "responses.help_asked", {}))
        assert "Who it is stands on your support desk alone." in help_mail


ABOUT_CLARIFICATIONS = ["clarify", "hearing", "clarification_time", "clarification_judged", "clarified"]


@pytest.mark.parametrize("kind", ABOUT_CLARIFICATIONS)
def test_news_of_a_clarification_leads_to_it_and_says_nothing_of_it(
    app: Flask, database: Database, at: Scene, kind: str
) -> None:
    with database.reading() as session:
        challenge = challenge_of(session, at)
        mail = worded(session, f"responses.{kind}", {"challenge": challenge.id, "clarification": "ABC"})
        assert mail is not None
        assert challenge.title in rendered(app, mail)
        assert mail.path.startswith("/clarifications/ABC")


def test_every_kind_is_tried_here(app: Flask) -> None:
    ours = {kind for kind in kinds() if kind.startswith("responses.")}
    tried = (*SHORT, *OF_PARTNERS, *ABOUT_CLARIFICATIONS, "submitted", "withdrawn", "invited", "help_asked")
    assert ours == {f"responses.{each}" for each in tried}

"""At the deadline: bodies that are still arriving when it passes, and buttons that are pressed again."""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.db import Database
from portal.db import clock as portal_clock
from portal.journal import JournalEntry
from portal.outbox.models import OutboxMessage
from portal.responses import seal
from portal.responses.models import LateAttempt, Snapshot
from portal.responses.queries import files_of
from tests.support.answering import Scene, acting, own, scene, started, written
from tests.support.clock import TestClock
from tests.support.people import signed_in

SignIn = Callable[[], FlaskClient]


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(portal_clock.now())
    return scene(database)


@pytest.fixture
def draft(database: Database, at: Scene) -> str:
    reference = started(database, at)
    written(database, at, reference)
    return reference


@pytest.fixture
def sign_in(app: Flask, database: Database, at: Scene) -> SignIn:
    """Sign in at the time there is: nobody stays signed in for as long as a call is open."""

    def come() -> FlaskClient:
        with database.reading() as session:
            return signed_in(app, session.get_one(Person, at.member))

    return come


class SlowBody(io.BytesIO):
    """A body that arrives until after the deadline: the clock moves on once its first half has been read."""

    def __init__(self, content: bytes, strikes: datetime) -> None:
        super().__init__(content)
        self._strikes, self._half = strikes, len(content) // 2

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(4_096 if size is None or size < 0 else min(size, 4_096))
        if self.tell() >= self._half:
            portal_clock.set_to(self._strikes)
        return piece

    def readinto(self, into: Any, /) -> int:
        piece = self.read(len(into))
        into[: len(piece)] = piece
        return len(piece)


def multipart(name: str, content: bytes) -> tuple[bytes, str]:
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return head + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


def slowly(client: FlaskClient, path: str, body: bytes, kind: str, strikes: datetime) -> Any:
    """Post a body that is still arriving when the clock strikes."""
    return client.post(path, input_stream=SlowBody(body, strikes), content_length=len(body), content_type=kind)


def test_a_file_that_is_still_arriving_at_the_deadline_is_not_taken(
    database: Database, at: Scene, draft: str, sign_in: SignIn, clock: TestClock
) -> None:
    clock.set(at.deadline - timedelta(seconds=5))
    body, kind = multipart("plan.txt", b"A plan. " * 40_000)
    answer = slowly(sign_in(), f"/responses/{draft}/files", body, kind, at.deadline + timedelta(seconds=5))
    assert portal_clock.now() > at.deadline, "the body was read beyond the deadline"
    assert answer.status_code == 409
    assert "Responses have closed" in answer.text
    with database.reading() as session:
        assert list(files_of(session, own(session, acting(session, at.member), draft))) == []


@pytest.mark.parametrize(("seconds", "status"), [(-1, 302), (0, 409), (5, 409)])
def test_a_submission_whose_body_straddles_the_deadline_has_one_honest_result(
    database: Database,
    at: Scene,
    draft: str,
    sign_in: SignIn,
    clock: TestClock,
    seconds: int,
    status: int,
) -> None:
    """What counts is when it has arrived whole: it is taken with a receipt, or refused, noted, and nothing is kept."""
    clock.set(at.deadline - timedelta(seconds=5))
    body, kind = b"declared=y&once_key=pressed&padding=" + b"x" * 20_000, "application/x-www-form-urlencoded"
    strikes = at.deadline + timedelta(seconds=seconds)
    answer = slowly(sign_in(), f"/responses/{draft}/submit", body, kind, strikes)
    assert answer.status_code == status
    taken = status == 302
    with database.reading() as session:
        seal.read_as(session, (at.firm,))
        copies = session.scalars(select(Snapshot)).all()
        assert [each.submitted_at for each in copies] == ([strikes] if taken else [])
        late = session.scalars(select(LateAttempt)).all()
        assert [each.at for each in late] == ([] if taken else [strikes])
        kinds = session.scalars(select(OutboxMessage.kind)).all()
        assert ("responses.submitted" in kinds) is taken
    if not taken:
        assert "Responses have closed" in answer.text


def test_double_click_and_retry_of_submit_give_one_receipt(
    database: Database, at: Scene, draft: str, sign_in: SignIn, clock: TestClock
) -> None:
    """The same form again, at once, later, and even after the deadline, leads to the receipt there is."""
    client = sign_in()
    key = re.search(r'name="once_key"[^>]*value="([^"]+)"', client.get(f"/responses/{draft}/check").text)
    assert key
    sent = {"declared": "y", "once_key": key[1]}
    where = [client.post(f"/responses/{draft}/submit", data=sent).location for _ in range(3)]
    clock.set(portal_clock.now() + timedelta(minutes=5))
    where.append(client.post(f"/responses/{draft}/submit", data=sent).location)
    assert where == [f"/responses/{draft}/receipts/1"] * 4
    with database.reading() as session:
        seal.read_as(session, (at.firm,))
        assert session.scalar(select(func.count()).select_from(Snapshot)) == 1
        received = select(func.count()).select_from(JournalEntry).where(JournalEntry.event == "response.received")
        assert session.scalar(received) == 1
        mails = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "responses.submitted")).all()
    assert [json.loads(each.parameters)["number"] for each in mails] == [1]


def test_the_retry_of_a_submission_that_was_in_time_finds_its_receipt_after_the_deadline(
    database: Database, at: Scene, draft: str, sign_in: SignIn, clock: TestClock
) -> None:
    clock.set(at.deadline - timedelta(seconds=2))
    client = sign_in()
    sent = {"declared": "y", "once_key": "pressed"}
    first = client.post(f"/responses/{draft}/submit", data=sent)
    clock.set(at.deadline + timedelta(seconds=2))
    again = client.post(f"/responses/{draft}/submit", data=sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.location == again.location
    with database.reading() as session:
        seal.read_as(session, (at.firm,))
        assert session.scalars(select(LateAttempt)).all() == []

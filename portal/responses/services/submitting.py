"""Submitting, withdrawing, and noting who came too late."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import clock
from portal.files.models import StoredFile
from portal.machine import MoveRefused, Refusal, Unmet
from portal.policy import Actor
from portal.responses.content import compose, digest_of
from portal.responses.held import Held, Which, held
from portal.responses.models import LateAttempt, Response, Snapshot
from portal.responses.pathway import RESPONSE, in_time
from portal.responses.queries import files_of, said_in
from portal.responses.receipts import Receipt, receipt_of
from portal.responses.sections import Written, asked_in, others_in, unfinished, written
from portal.responses.services.window import Closed, check_lead, check_open
from portal.workflow import fire

_KEEP = insert(Snapshot).execution_options(dml_strategy="raw")


def submit(session: Session, actor: Actor, which: Which, *, once_key: str) -> Receipt:
    """Submit the draft as it stands: an immutable copy, a journal entry, and the receipt that ties them together.

    The same `once_key` gives the same receipt however often it is sent. Until the deadline a response can be
    submitted again; the last copy counts. Raises `Closed` after the deadline, `MoveRefused` with everything that is
    unfinished, `NotAllowed` for anybody but the lead's people.
    """
    found = _held(session, actor, which, press=once_key)
    response = found.response
    if found.copy_of_press is not None:
        return receipt_of(response, session.get_one(Snapshot, found.copy_of_press))
    check_open(response.challenge, response.round, clock.now())
    rows = said_in(session, response)
    sections = written(asked_in(response.round), rows)
    _check_finished(sections, response)
    files = files_of(session, response) if found.has_files else ()
    if response.brief_number != response.challenge.brief_number:
        response.brief_number = response.challenge.brief_number
    content = compose(response, sections, files, others_in(rows))
    number, digest = found.copies + 1, digest_of(content)
    received = _fire_in_time(session, actor, response, "submit", digest=digest, number=number)
    journal.record(
        session, actor, "response.received", ("response", response.id), at=received, number=number, digest=digest
    )
    receipt = Receipt(response.reference, number, received, digest, *journal.write(session))
    _keep(session, actor, response, receipt, content, once_key)
    _send_receipt(session, actor, response, receipt, files)
    return receipt


def _keep(session: Session, actor: Actor, response: Response, receipt: Receipt, content: str, once_key: str) -> None:
    """Write the copy that its receipt is for. It is never changed, so that no session needs to know of it."""
    copy = {
        "response_id": response.id,
        "number": receipt.number,
        "content": content,
        "digest": receipt.content,
        "submitted_at": receipt.received,
        "submitted_by_id": actor.person_id,
        "journal_sequence": receipt.sequence,
        "journal_digest": receipt.head,
        "once_key": once_key,
    }
    session.execute(_KEEP, copy)


def withdraw(session: Session, actor: Actor, response: Response, *, reason: str = "") -> None:
    """Take a draft or a submitted response back; until the deadline it can be submitted again."""
    _held(session, actor, response)
    check_open(response.challenge, response.round, clock.now())
    _fire_in_time(session, actor, response, "withdraw", reason=reason)
    response.end_reason = reason
    outbox.queue(
        session,
        "responses.withdrawn",
        _person(actor),
        challenge=response.challenge_id,
        response=response.reference,
        at=response.state_since.isoformat(),
    )


def record_late_attempt(session: Session, actor: Actor, response_id: int, round_id: int, closed: Closed) -> None:
    """Note that somebody tried to submit after the deadline, in a transaction of its own; the response is not taken."""
    session.add(
        LateAttempt(
            response_id=response_id,
            round_id=round_id,
            person_id=actor.person_id,
            at=closed.at,
            deadline=closed.deadline,
        )
    )
    journal.record(session, actor, "response.late_attempt", ("response", response_id), at=closed.at)


def _held(session: Session, actor: Actor, which: Which, *, press: str | None = None) -> Held:
    found = held(session, which, press=press)
    check_lead(actor, found.response)
    return found


def _check_finished(sections: Iterable[Written], response: Response) -> None:
    missing = tuple(Unmet(key, sentence, "responses.draft") for key, sentence in unfinished(response, tuple(sections)))
    if missing:
        raise MoveRefused(Refusal("submit", RESPONSE.moves["submit"].title, missing))


def _fire_in_time(session: Session, actor: Actor, response: Response, move: str, **given: Any) -> datetime:
    """Make the move and answer its time; the move's own look at the clock decides who was late."""
    try:
        fire(session, actor, response, move, **given)
    except MoveRefused as refused:
        deadline = response.round.deadline
        if deadline is not None and any(each.name == in_time.name for each in refused.refusal.missing):
            raise Closed(deadline, max(clock.now(), deadline)) from refused
        raise
    submitted = response.submitted_at if move == "submit" else response.state_since
    assert submitted is not None, "the move stamps its time"
    return submitted


def _send_receipt(
    session: Session, actor: Actor, response: Response, receipt: Receipt, files: Iterable[StoredFile]
) -> None:
    """Mail the receipt. Of files it carries digests only: their names are the firm's words, and sealed like them."""
    people = {each for each in (actor.person_id, response.started_by_id) if each is not None}
    outbox.queue_each(
        session,
        "responses.submitted",
        sorted(people),
        challenge=response.challenge_id,
        response=response.reference,
        number=receipt.number,
        code=receipt.code,
        files=[each.digest for each in files],
    )


def _person(actor: Actor) -> int:
    assert actor.person_id is not None, "only people submit and withdraw"
    return actor.person_id

"""Receipts as people keep and paste them: alone, out of a mail, out of the PDF; forged; and over a changed record."""

import hashlib
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import Connection, select, text

from portal.accounts.models import Person
from portal.db import Database
from portal.documents import pdfs_are_made
from portal.responses import receipts, seal
from portal.responses.models import Response, Snapshot
from portal.responses.receipts import Verdict
from tests.support.answering import Scene, answered, scene
from tests.support.clock import TestClock
from tests.support.people import signed_in
from tests.support.required import is_missing


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


@pytest.fixture
def reference(database: Database, at: Scene) -> str:
    return answered(database, at)


@pytest.fixture
def code(database: Database, reference: str) -> str:
    with database.reading() as session, seal.lifted(session):
        response = session.scalars(select(Response).where(Response.reference == reference)).one()
        snapshot = session.scalars(select(Snapshot).where(Snapshot.response_id == response.id)).one()
        return receipts.receipt_of(response, snapshot).code


def _verdict(database: Database, pasted: str) -> Verdict:
    with database.reading() as session:
        return receipts.verify(session, pasted)[0]


def test_what_mail_programs_do_to_a_code_is_forgiven(database: Database, code: str) -> None:
    lines = [code[start : start + 40] for start in range(0, len(code), 40)]
    quoted = "\r\n".join(f"> > {line}" for line in lines)
    curly = code.replace('{"', "{\u201c").replace('":', "\u201d:")
    for pasted in (code, "\n".join(lines), quoted, curly, f"Hello,\n\nKeep this code.\n\n{quoted}\n\n-- \nA person"):
        assert _verdict(database, pasted) is Verdict.STANDS


def test_a_forged_receipt_does_not_stand(database: Database, code: str) -> None:
    receipt = receipts.read(code)
    assert receipt is not None
    changes = (
        (receipt.content, receipt.head),
        (receipt.head, receipt.content),
        (receipt.received.isoformat(timespec="microseconds"), "2020-01-01T00:00:00.000000+00:00"),
        (f'"{receipt.response}"', '"aaaaaaaaaa"'),
        (f'"copy":{receipt.number}', f'"copy":{receipt.number + 1}'),
        (f"[{receipt.sequence},", f"[{receipt.sequence - 1},"),
    )
    for before, after in changes:
        forged = code.replace(before, after)
        assert forged != code
        assert _verdict(database, forged) is Verdict.DOES_NOT_STAND


def test_two_different_receipts_at_once_are_not_one(database: Database, code: str) -> None:
    assert _verdict(database, f"{code}\n{code}") is Verdict.STANDS
    other = code.replace('"copy":1', '"copy":2')
    assert _verdict(database, f"{code}\n{other}") is Verdict.UNREADABLE


def test_content_that_was_changed_behind_the_portal_is_found_out(database: Database, code: str) -> None:
    def change(connection: Connection) -> None:
        connection.execute(text("UPDATE snapshot SET content = content || ' '"))

    with database.engine.begin() as connection:
        change(connection)
    assert _verdict(database, code) is Verdict.DOES_NOT_STAND


def test_a_firm_takes_the_digest_itself(app: Flask, database: Database, at: Scene, reference: str, code: str) -> None:
    with database.reading() as session:
        client = signed_in(app, session.get_one(Person, at.member))
    answer = client.get(f"/responses/{reference}/copies/1/content")
    receipt = receipts.read(code)
    assert receipt is not None
    assert hashlib.sha256(answer.data).hexdigest() == receipt.content
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_text_of_the_document_pasted_as_a_whole_stands(
    app: Flask, database: Database, at: Scene, reference: str, code: str
) -> None:
    if not pdfs_are_made():
        is_missing("pdf", "Pango is not installed (on Debian: apt install libpangoft2-1.0-0).")
    with database.reading() as session:
        client = signed_in(app, session.get_one(Person, at.member))
    answer = client.get(f"/responses/{reference}/receipts/1/pdf")
    assert answer.status_code == 200
    said = "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert receipts.read(code) == receipts.read(said)
    checked: Any = app.test_client().post("/receipts/verify", data={"code": said})
    assert "The record stands" in checked.text

"""Mails leave through a mail server or as files, readable by any program, with the one page to act on."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from portal import outbox
from portal.mail.sending import sender
from portal.outbox import Mail, deliver, message
from tests.support import make

LONG = "Straße, piñata and £5 — " * 60


@message("test.letter")
def letter(session: Any, *, word: str) -> Mail | None:
    """A mail for these tests."""
    return Mail(f"About {word}", "mail/frame.txt", {"name": "", "body": f"{word} {LONG}"}, "/challenges")


class Postbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(envelope.content)
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


def send(app: Flask, word: str) -> None:
    database = app.extensions["database"]
    with database.writing() as session:
        somebody = make.person(session, email="amara@example.org", name="Amara Otterbrook")
        outbox.queue(session, "test.letter", somebody.id, word=word)
    with app.app_context():
        assert deliver(database, sender(database)) == 1


def check(content: bytes, word: str) -> None:
    assert max(len(line) for line in content.splitlines()) < 998
    mail = message_from_bytes(content, policy=policy.default)
    assert mail["To"] == "amara@example.org"
    assert mail["Subject"] == f"About {word}"
    text = mail.get_content().replace("\r\n", "\n")
    assert text.startswith("Hello Amara Otterbrook,\n\n")
    assert LONG.strip() in text
    assert text.count("http://localhost/challenges") == 1


def test_without_a_server_mails_are_files(app: Flask, tmp_path: Path) -> None:
    send(app, "otters")
    (file,) = (tmp_path / "mail").glob("*.eml")
    check(file.read_bytes(), "otters")


def test_with_a_server_they_are_sent(app: Flask, postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    app.config["PORTAL_MAIL_URL"] = f"smtp://127.0.0.1:{port}"
    mail = app.extensions["mail"]
    mail.server, mail.port, mail.suppress = "127.0.0.1", port, False
    send(app, "badgers")
    (content,) = box.received
    check(content, "badgers")


def test_somebody_who_was_removed_gets_nothing(app: Flask, tmp_path: Path) -> None:
    database = app.extensions["database"]
    with database.writing() as session:
        somebody = make.person(session)
        somebody.removed_at = somebody.created_at
        outbox.queue(session, "test.letter", somebody.id, word="ghosts")
    with app.app_context():
        deliver(database, sender(database))
    assert not list((tmp_path / "mail").glob("*.eml"))

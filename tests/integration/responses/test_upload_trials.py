"""Files as people and attackers send them: refused in words with nothing kept, or stored inert and sent as attachments.

What each kind of content is called in a refusal is tried in `unit/files/test_sniff.py`; here the whole way is walked.
"""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Person
from portal.db import Database
from portal.db import clock as portal_clock
from portal.files.kinds import MAX_BYTES
from portal.files.store import LocalStore
from portal.responses.queries import files_of
from tests.support.answering import Scene, acting, own, scene, started
from tests.support.clock import TestClock
from tests.support.page import Page
from tests.support.people import signed_in

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 100
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
PAGE = b"<!doctype html><script>alert(1)</script>"
TYPES = b"<?xml version='1.0'?><Types/>"
MACROS = b"<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def office(folder: str, types: bytes = TYPES, **more: bytes) -> bytes:
    return zipped(**{"[Content_Types].xml": types, f"{folder}/document.xml": b"<x/>", **more})


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "a program named as a PDF": ("offer.pdf", PROGRAM, "it is a program"),
    "a picture named as a PDF": ("offer.pdf", PNG, "it is a PNG picture"),
    "a PDF named as a picture": ("offer.png", PDF, "it is a PDF file"),
    "a page named as a text": ("offer.txt", PAGE, "web page or a drawing that can run scripts"),
    "a page named as a picture": ("offer.jpg", PAGE, "web page or a drawing that can run scripts"),
    "a page": ("offer.html", PAGE, "web page, which can run scripts"),
    "an archive": ("offer.zip", zipped(a=b"1"), "an archive of other files"),
    "an archive named as Word": ("offer.docx", zipped(a=b"1"), "an archive of other files"),
    "an archive in two layers": ("offer.tar.gz", b"\x1f\x8b\x08" + b"\0" * 50, "an archive of other files"),
    "a seven-zip archive named as a text": ("offer.txt", b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "an archive"),
    "Word with macros": ("offer.docm", office("word", MACROS), "may contain macros"),
    "Excel with macros": ("offer.xlsm", office("xl"), "may contain macros"),
    "Word with macros under a plain name": ("offer.docx", office("word", MACROS), "contains macros"),
    "Excel with a macro inside": ("offer.xlsx", office("xl", **{"xl/vbaProject.bin": b"x"}), "contains macros"),
    "a drawing": ("offer.svg", SVG, "SVG drawing, which can run scripts"),
    "a drawing named as a picture": ("offer.png", SVG, "web page or a drawing that can run scripts"),
    "a drawing named as a text": ("offer.md", b"\xef\xbb\xbf" + SVG, "web page or a drawing that can run scripts"),
    "an empty file": ("offer.pdf", b"", "The file is empty."),
    "a file over the limit": ("offer.txt", b"a" * (MAX_BYTES + 1), "too large (20.0 MB)"),
    "a name without an ending": ("offer", PDF, "name has no ending"),
    "a name that is an ending alone": ("  .txt", b"A plan.", "name has no ending"),
    "two endings, the last a program": ("offer.pdf.exe", PDF, "The file is a program"),
    "an ending turned round": ("offer\u202efdp.exe", PDF, "The file is a program"),
    "a name that ends in a full stop": ("offer.exe.", PROGRAM, "The file is a program"),
    "an ending in capitals": ("OFFER.EXE", PROGRAM, "The file is a program"),
    "a shortcut": ("offer.lnk", b"L\0\0\0" + b"\0" * 60, "The file is a program"),
}

STRANGE_NAMES = {
    "../../../etc/passwd.txt": "passwd.txt",
    "..\\..\\windows\\win.ini.txt": "win.ini.txt",
    "/etc/cron.d/job.txt": "job.txt",
    "a\u202egpj.txt": "agpj.txt",
    "a\x00b.txt": "ab.txt",
    "a\r\nSet-Cookie: b=c.txt": None,
    "offer 🚌🎉.txt": "offer 🚌🎉.txt",
    "x" * 4_000 + ".txt": "x" * 116 + ".txt",
    "語" * 300 + ".txt": None,
    "<script>alert(1)</script>.txt": None,
    'a";filename="b.exe.txt': None,
    "CON.txt": "_CON.txt",
    ".htaccess.txt": "htaccess.txt",
}
"""Names as they are sent, and as they are kept; None where only that they are inert is held."""


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(portal_clock.now())
    return scene(database)


@pytest.fixture
def draft(database: Database, at: Scene) -> str:
    return started(database, at)


@pytest.fixture
def client(app: Flask, database: Database, at: Scene) -> FlaskClient:
    with database.reading() as session:
        return signed_in(app, session.get_one(Person, at.member))


@pytest.fixture
def store(app: Flask, tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


def send(client: FlaskClient, draft: str, name: str, content: bytes) -> Any:
    """Post a file as a browser does; in one piece of memory, because the test client leaves its own files open."""
    quoted = name.replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n\r\n'.encode()
    body = head + content + b"\r\n--edge--\r\n"
    return client.post(f"/responses/{draft}/files", data=body, content_type="multipart/form-data; boundary=edge")


def attached(database: Database, at: Scene, draft: str) -> list[tuple[str, str]]:
    """The names of the draft's files, each with its own reference."""
    with database.reading() as session:
        response = own(session, acting(session, at.member), draft)
        return [(each.name, each.reference) for each in files_of(session, response)]


def test_what_may_not_stay_is_refused_in_words_and_nothing_is_kept(
    database: Database, at: Scene, draft: str, client: FlaskClient, store: LocalStore
) -> None:
    found = {trial: _refusal(send(client, draft, name, content)) for trial, (name, content, _words) in REFUSED.items()}
    assert {trial: said for trial, said in found.items() if REFUSED[trial][2] not in said} == {}
    assert attached(database, at, draft) == []
    assert list(store.digests()) == []


def _refusal(answer: Any) -> str:
    """What is said beside the field; empty where it was taken, or where the page is broken."""
    if answer.status_code != 422 or Page(answer.text).faults():
        return f"taken or broken: {answer.status_code}"
    assert "You can attach PDF, Word (docx)" in answer.text
    return str(answer.text)


def test_strange_names_are_kept_inert_and_sent_as_attachments(
    database: Database, at: Scene, draft: str, client: FlaskClient, store: LocalStore, tmp_path: Path
) -> None:
    for number, (name, kept) in enumerate(STRANGE_NAMES.items()):
        content = f"Plan {number}".encode()
        assert send(client, draft, name, content).status_code == 302, name
        [(found, reference)] = attached(database, at, draft)
        assert kept in {None, found}, name
        assert not set(found) & set('/\\<>:"|?*\0\r\n\u202e'), name
        assert Page(client.get(f"/responses/{draft}/files").text).faults() == []
        download = client.get(f"/responses/{draft}/files/{reference}")
        assert download.data == content
        download.close()
        assert download.headers["Content-Disposition"].startswith("attachment"), name
        assert download.headers["X-Content-Type-Options"] == "nosniff"
        assert download.mimetype == "text/plain"
        assert "Set-Cookie" not in download.headers
        assert client.post(f"/responses/{draft}/files/{reference}/remove").status_code == 302
    assert {each.parent.parent for each in (tmp_path / "files").glob("??/*")} == {tmp_path / "files"}


def test_a_document_that_could_do_harm_when_shown_is_only_ever_handed_over(
    database: Database, at: Scene, draft: str, client: FlaskClient
) -> None:
    """A PDF may carry a script; a text may look like a page further down. Both are stored and never shown."""
    for name, content in (
        ("a.pdf", PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>")),
        ("b.txt", b"A plan.\n" * 2_000 + PAGE),
        ("c.csv", b"=cmd|' /C calc'!A1,5\n"),
    ):
        assert send(client, draft, name, content).status_code == 302, name
        reference = attached(database, at, draft)[-1][1]
        download = client.get(f"/responses/{draft}/files/{reference}")
        download.close()
        assert download.headers["Content-Disposition"].startswith("attachment")
        assert download.mimetype not in {"text/html", "image/svg+xml"}
        assert "sandbox" in download.headers["Content-Security-Policy"] or (
            "default-src" in download.headers["Content-Security-Policy"]
        )

"""Files on their way in and out: looked into, kept by digest, and only ever sent as attachments."""

import logging
from typing import BinaryIO, cast

from flask import Response, current_app, send_file
from werkzeug.datastructures import FileStorage

from portal.files.arrived import Arrived, NotTaken
from portal.files.clamav import ScannerUnavailable, scanner_from_address
from portal.files.kinds import MAX_BYTES
from portal.files.models import StoredFile
from portal.files.names import safe_name
from portal.files.sniff import Inspection, inspect
from portal.files.store import Store, store_from_url
from portal.web.transaction import db_session

_log = logging.getLogger(__name__)

INFECTED = "The malware scanner found something in this file, so it was not kept. Check your computer before you go on."
NOT_SCANNED = "The malware scanner does not answer, so the file was not kept. Nothing else is lost: try again later."


def examine(stream: BinaryIO, filename: str, most: int = MAX_BYTES) -> Inspection:
    """What a file is, and whether it may stay: by its content, and by the malware scanner where one is configured.

    `most` bytes may come. A scanner that does not answer lets nothing in. Takes its time: call it before a writing
    transaction begins.
    """
    found = inspect(stream, filename, most)
    refusal = _scanned(stream) if found.ok else ""
    return Inspection("", "", ok=False, refusal=refusal) if refusal else found


def take_in(sent: FileStorage | None, *, otherwise: str) -> Arrived:
    """Look into a file that was sent, and keep its content; a service then names it in a row.

    Call it before anything is changed: looking and writing take their time, so nothing is held meanwhile. Raises
    `NotTaken` with a sentence: `otherwise` where nothing was sent.
    """
    if sent is None or not sent.filename:
        raise NotTaken(otherwise)
    db_session().commit()
    content = cast(BinaryIO, sent.stream)
    found = examine(content, sent.filename)
    if not found.ok:
        raise NotTaken(found.refusal)
    stored = file_store().put(content)
    return Arrived(stored.digest, stored.size, found.mime, safe_name(sent.filename))


def _scanned(stream: BinaryIO) -> str:
    """Why the scanner keeps a file out; nothing where it is clean, or where there is no scanner."""
    scanner = scanner_from_address(current_app.config["PORTAL_CLAMAV_URL"])
    if scanner is None:
        return ""
    try:
        scan = scanner.scan(stream)
    except ScannerUnavailable as fault:
        _log.error("An upload was refused: %s", fault)
        return NOT_SCANNED
    finally:
        stream.seek(0)
    if not scan.is_clean:
        _log.warning("An upload was refused: the scanner found %s.", scan.signature)
        return INFECTED
    return ""


def file_store() -> Store:
    """The application's store, opened when first asked for."""
    kept = current_app.extensions.get("files")
    if kept is None:
        kept = current_app.extensions["files"] = store_from_url(current_app.config["PORTAL_FILES_URL"])
    return cast(Store, kept)


def as_attachment(stored: StoredFile, name: str = "") -> Response:
    """Send a file, under its own name or another, so that no browser shows it as a page of ours.

    Raises `NotKept` where the store lost it.
    """
    content = file_store().open(stored.digest)
    answer = send_file(content, mimetype=stored.mime, as_attachment=True, download_name=name or stored.name, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer

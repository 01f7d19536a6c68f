"""Files on their way in and out: kept by digest, and only ever sent as attachments."""

from typing import cast

from flask import Response, current_app, send_file

from portal.files.models import StoredFile
from portal.files.store import Store, store_from_url


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

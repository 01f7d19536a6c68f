"""The portal as tests run it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from portal import create_app
from portal.db import Database


def settings(database: Database, folder: Path) -> dict[str, Any]:
    """What a test sets differently: its own database and folders, and no tokens in forms.

    Browser tests fill in real forms and switch the tokens on again (`live_server`).
    """
    return {
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
        "PORTAL_SECRET_KEY": "only-for-tests",
        "PORTAL_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "PORTAL_FILES_URL": f"file://{folder / 'files'}",
        "PORTAL_MAIL_URL": f"file://{folder / 'mail'}",
        "PORTAL_BASE_URL": "http://localhost",
    }


@contextmanager
def made_for_tests(database: Database, folder: Path) -> Iterator[Flask]:
    """The app for the length of a block; its database connections are closed afterwards."""
    app = create_app(settings(database, folder))
    try:
        yield app
    finally:
        app.extensions["database"].dispose()

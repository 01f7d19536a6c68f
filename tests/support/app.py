"""The portal as tests run it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from config import load


def settings(address: str, folder: Path) -> dict[str, Any]:
    """The configuration of a test: its own database and folders, and no tokens in forms.

    Browser tests fill in real forms and switch the tokens on again (`live_server`).
    """
    environment = {
        "PORTAL_SECRET_KEY": "a-key-that-is-for-the-tests-only-and-long-enough",
        "PORTAL_DATABASE_URL": address,
        "PORTAL_INSTANCE": str(folder),
        "PORTAL_BASE_URL": "http://localhost",
    }
    return load(environment) | {"TESTING": True, "WTF_CSRF_ENABLED": False}


@contextmanager
def made_for_tests(address: str, folder: Path) -> Iterator[Flask]:
    """The app for the length of a block; its database connections are closed afterwards."""
    from portal.application import create_app  # here, because pure tests need no app

    app = create_app(settings(address, folder))
    try:
        yield app
    finally:
        app.extensions["database"].dispose()

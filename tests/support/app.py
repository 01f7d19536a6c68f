"""The portal as tests run it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from config import load
from tests.support.databases import kept


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


@dataclass(frozen=True)
class Made:
    """An app, and what its configuration and extensions were before any test used it."""

    app: Flask
    config: dict[str, Any]
    extensions: dict[str, Any]


_idle: list[Made] = []


@contextmanager
def made_for_tests(address: str, folder: Path, *, new: bool = False) -> Iterator[Flask]:
    """The app for the length of a block; its database connections are closed afterwards.

    To build hundreds of routes and compile their templates costs a test more than all it does, so an app that no
    block holds any more is used again, as if it were new. `new`: one that the test may add to.
    """
    made = _idle.pop() if _idle and not new else _make(address, folder)
    app = made.app
    app.config.clear()
    app.config.update(made.config | settings(address, folder))
    app.extensions.clear()
    app.extensions.update(made.extensions | {"database": kept(address, "app")})
    try:
        yield app
    finally:
        app.extensions["database"].dispose()
        if not new:
            _idle.append(made)


def _make(address: str, folder: Path) -> Made:
    from portal.application import create_app  # here, because pure tests need no app

    app = create_app(settings(address, folder))
    return Made(app, dict(app.config), dict(app.extensions))

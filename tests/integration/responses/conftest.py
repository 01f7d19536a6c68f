"""Responses as the whole portal runs them: with its machines, and with empty pages for rooms that are not there."""

import pytest
from flask import Flask

from portal import wiring
from tests.support.stubs import fill_in


@pytest.fixture(scope="session", autouse=True)
def _wired() -> None:
    wiring.connect()


@pytest.fixture
def app(app: Flask) -> Flask:
    """The app, with an empty page wherever another room's is linked to and missing."""
    fill_in(app)
    return app

"""The app with the pages it links to."""

import pytest
from flask import Flask

from tests.support import stubs


@pytest.fixture(autouse=True)
def _pages(app: Flask) -> None:
    stubs.add_missing(app)

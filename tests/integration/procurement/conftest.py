from collections.abc import Iterator

import pytest
from flask import Flask

from portal.db import clock
from tests.support.awarded import MONDAY


@pytest.fixture(autouse=True)
def _monday(app: Flask) -> Iterator[None]:
    """The whole application's wiring, on the Monday of the worked example."""
    with clock.stopped_at(MONDAY):
        yield

"""Partnerships at work, as the whole portal runs them: with its machines, from the worked example's Monday on."""

from collections.abc import Iterator

import pytest

from portal import wiring
from portal.db import clock
from tests.support.awarded import MONDAY


@pytest.fixture(scope="session", autouse=True)
def _wired() -> None:
    wiring.connect()


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(MONDAY):
        yield

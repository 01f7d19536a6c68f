"""Debriefs as the whole portal runs them: with its machines."""

import pytest

from portal import wiring


@pytest.fixture(scope="session", autouse=True)
def _wired() -> None:
    wiring.connect()

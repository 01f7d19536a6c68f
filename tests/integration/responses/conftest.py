"""Responses as the whole portal runs them: with its machines, and with empty pages for rooms that are not there."""

import pytest

from portal import wiring


@pytest.fixture(scope="session", autouse=True)
def _wired() -> None:
    wiring.connect()

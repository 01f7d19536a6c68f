"""What chosen firms are asked, as the whole portal runs it: with its machines and listeners."""

import pytest

from portal import wiring


@pytest.fixture(scope="session", autouse=True)
def _wired() -> None:
    wiring.connect()

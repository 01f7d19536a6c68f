"""What tests of the network have in common."""

import pytest

from portal import wiring


@pytest.fixture(scope="session", autouse=True)
def _wired() -> None:
    """Machines and messages are registered by the wiring; a test of services needs them without an app."""
    wiring.connect()

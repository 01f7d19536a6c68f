"""What a test needs of the machine: skipped with its reason where it is missing, unless it is required."""

import os
from typing import NoReturn

import pytest


def is_missing(need: str, reason: str) -> NoReturn:
    """Skip the test, or fail it where PORTAL_TESTS_REQUIRE names the need (`browser`, `postgresql`, `pdf`)."""
    if need in os.environ.get("PORTAL_TESTS_REQUIRE", "").split(","):
        pytest.fail(f"{need} is required but missing: {reason}", pytrace=False)
    pytest.skip(reason)

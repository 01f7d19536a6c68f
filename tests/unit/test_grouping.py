"""Tests that share a walk run in one process: pytest and pytest-xdist must go on understanding each other."""

import pytest


@pytest.mark.xdist_group("together")
def test_who_hands_tests_out_is_told_their_group(request: pytest.FixtureRequest) -> None:
    is_handed_out = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@together") is is_handed_out

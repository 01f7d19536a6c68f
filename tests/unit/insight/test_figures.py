"""What figures hide and how they are reckoned."""

import pytest

from portal.insight.figures import middle, percent, told


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1200, "1,200")]
)
def test_small_counts_are_hidden(count: int, words: str) -> None:
    assert told(count) == words


def test_the_middle_and_shares() -> None:
    assert middle([9]) == 9
    assert middle([30, 1, 2]) == 2
    assert middle([1, 2, 4, 30]) == 3
    assert percent(1, 3) == 33.3
    assert percent(1, 0) == 0.0

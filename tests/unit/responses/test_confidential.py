"""Passages marked as confidential: told apart for readers, left out for the public, never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.responses.confidential import (
    WITHHELD,
    Passage,
    bare,
    is_marked,
    is_unclosed,
    passages,
    without_confidential,
)
from portal.responses.sections import words_in


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Open to all.", "Open to all."),
        ("It costs [[£12 a unit]] to make.", f"It costs {WITHHELD} to make."),
        ("[[All\nof it]]", WITHHELD),
        ("[[one]] and [[two]]", f"{WITHHELD} and {WITHHELD}"),
        ("Never [[closed", f"Never {WITHHELD}"),
        ("Stray ]] sign", "Stray ]] sign"),
        ("Empty [[]] mark", "Empty  mark"),
        ("Nested [[a [[b]] c]]", f"Nested {WITHHELD} c]]"),
    ],
)
def test_what_the_public_may_read(text: str, public: str) -> None:
    assert without_confidential(text) == public


def test_what_is_not_closed_is_noticed() -> None:
    assert is_unclosed("Never [[closed")
    assert not is_unclosed("Once [[closed]] it is fine")
    assert is_unclosed("[[one]] then [[two")


def test_signs_are_no_words() -> None:
    assert words_in("It costs [[ £12 ]] to make.") == 5


@given(st.text(alphabet="ab [] \n", max_size=60))
def test_no_marked_word_ever_gets_out(text: str) -> None:
    runs = list(passages(text))
    assert "".join(each.text for each in runs) == bare(text)
    assert is_marked(text) == any(each.marked for each in runs)
    assert without_confidential(text).count(WITHHELD) == sum(each.marked for each in runs)
    assert Passage("", marked=True) not in runs

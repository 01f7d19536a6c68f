"""Differences are told word by word, and lose no word of either text."""

from hypothesis import given
from hypothesis import strategies as st

from portal.challenges.differences import Piece, compare

TEXTS = st.text(alphabet="ab c\n", max_size=40)


def test_only_the_words_that_changed_are_marked() -> None:
    assert list(compare("Nine of twelve people.", "Eleven of twelve people.")) == [
        Piece("removed", "Nine "),
        Piece("added", "Eleven "),
        Piece("kept", "of twelve people."),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = list(compare(before, after))
    assert "".join(piece.text for piece in pieces if piece.how != "added") == before
    assert "".join(piece.text for piece in pieces if piece.how != "removed") == after

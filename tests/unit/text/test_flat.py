"""Text without markup, as feeds show it, searches compare it and limits count it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.text import fold, plain, render, words


def test_plain_gives_a_line_to_each_paragraph_item_and_row() -> None:
    html = render("# Heading\n\nOne *two* & three\n\n- a\n- b\n\n|A|B|\n|-|-|\n|1|2|")
    assert plain(html).split("\n") == ["Heading", "One two & three", "a", "b", "A B", "1 2"]


def test_plain_hides_scripts_and_joins_inline_markup() -> None:
    assert plain("<style>p{}</style><p>mid<b>dle</b>&nbsp;of<br>it</p><script>x()</script>") == "middle of\nit"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("well-known fact – not 2", 4),
        ("a\u00a0b\n\tc", 3),
        ("… — !", 0),
        ("£5,000.50", 1),
    ],
)
def test_words_counts_as_a_word_processor_does(text: str, count: int) -> None:
    assert words(text) == count


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café Zürich", "cafe zurich"),
        ("Straße", "strasse"),
        ("Łódź, Ærø", "lodz, aero"),
        ("women’s “health”", 'women\'s "health"'),
        ("İstanbul", "istanbul"),
        ("ﬁve\u00a0  m²", "five m2"),
    ],
)
def test_fold_takes_away_accents_capitals_and_curls(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)

"""Which words of a text tell what it is about, and how much."""

import pytest

from portal.network.words.telling import telling_words, weighed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We help the trams and the batteries", ["tram", "battery"]),
        ("Café’s GLASS; a bus status analysis", ["cafe", "glass", "bus", "status", "analysis"]),
        ("", []),
        ("a an of 4G '; DROP TABLE--", ["drop", "table"]),
    ],
)
def test_common_words_tell_nothing_and_plurals_are_one(text: str, found: list[str]) -> None:
    assert telling_words(text) == found


def test_a_word_weighs_as_in_its_heaviest_text_and_less_in_a_long_whole() -> None:
    short = weighed({"trams": 2.0, "a tram and a canal": 1.0})
    assert short["tram"] == pytest.approx(2 * short["canal"])
    long = weighed({"trams": 2.0, " ".join(f"filler{n}x" for n in range(300)): 1.0})
    assert long["tram"] < short["tram"]

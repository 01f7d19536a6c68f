"""Which words of a text tell what it is about. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from portal.text import fold

LONGEST_WORD: Final = 40
_WORD: Final = re.compile(r"[^\W_]+")
_COMMON: Final = """
    about above across after again all also although always among and another any anybody anyone anything are
    around ask asked asking available back based because been before being below best better between both but
    call called can cannot challenge challenges change company could currently day days deliver did different
    does doing done down during each easy either else end enough especially etc even ever every everything
    example few find firm firms first for from full further get give given gives goes going good got great had
    has have having help helped helping helps here high his how however idea ideas include included including
    innovative into its itself just keep know known large last less let like little long look looking low made
    make makes making many may means might more most much must need needed needs new next not now number off
    offer offers often once one only onto open organisation organisations other others our out over own part
    people per place please possible problem problems project projects provide provided provides providing
    public put rather really run running said same say see seek seeking seen several shall she should since
    small solution solutions some somebody someone something soon still such support sure take taken team than
    that the their them then there these they thing things think this those three through time times together
    too two under until upon use used useful uses using very want wants was way ways well were what when where
    whether which while who whole whom whose why will with within without work worked working works would year
    years yet you your zero two three four five six seven eight nine ten eleven twelve first second third half
    dozen hundred thousand million kind kinds lot lots bit hard right able across early late today tomorrow
    yesterday hour hours week weeks month months came come comes coming went put puts turn turned turning show shows
    shown bring brings brought tell tells told telling word words live lives council councils begin begins began
    start starts started stay stays leave leaves left
"""
_STOP: Final = frozenset(_COMMON.split())


def telling_words(text: str) -> list[str]:
    """The words of a text in their order, without the common ones; plurals are told as one."""
    return [word for each in _WORD.findall(fold(text)) if (word := _root(each[:LONGEST_WORD])) and word not in _STOP]


def weighed(parts: Mapping[str, float]) -> dict[str, float]:
    """Each telling word of some texts with its weight: of the heaviest text it is in, less in a long whole.

    `parts`: weights by text. A whole of a hundred different words weighs as it is, a longer one less.
    """
    found: dict[str, float] = {}
    for text, weight in parts.items():
        for word in telling_words(text):
            found[word] = max(found.get(word, 0.0), weight)
    length = 0.5 + len(found) / 200
    return {word: weight / length for word, weight in found.items()}


def _root(word: str) -> str:
    """Without the ending of a plural: batteries and battery, trams and tram; nothing for what is too short."""
    if len(word) < 3 or word in _STOP:
        return ""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word

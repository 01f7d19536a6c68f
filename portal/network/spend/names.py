"""Names of firms as they are compared: what is the same name, and what may be."""

import re
from functools import lru_cache
from typing import Final

from portal.text import fold

_SIGNS: Final = re.compile(r"[^a-z0-9 ]+")
_SPELT: Final = {"ltd": "limited", "co": "company", "plc": "plc", "&": "and", "uk": "uk"}
_LITTLE: Final = frozenset(
    (
        *("limited", "plc", "llp", "company", "cic", "inc", "group", "holdings", "services", "international"),
        *("the", "and", "of", "uk", "trading", "as", "ta"),
    )
)
ALIKE: Final = 0.6
"""How much of both names' telling words must be the same for a person to be asked."""


@lru_cache(maxsize=20_000)
def same_name(name: str) -> str:
    """The name as it is compared for being the same: no signs or capitals, Ltd spelt out."""
    words = _SIGNS.sub(" ", fold(name).replace("&", " and ").replace("'", "").replace(".", "")).split()
    return " ".join(_SPELT.get(word, word) for word in words)[:200]


def telling_words(name: str) -> frozenset[str]:
    """The words that tell a firm from others; all of them where nothing else is left."""
    words = frozenset(same_name(name).split())
    return words - _LITTLE or words


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of telling words that two names have in common, from 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0

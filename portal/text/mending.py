"""Text that was read in the wrong encoding on its way here, and can be read right again."""

import re

_LAYERS = 3
_RUN = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)
"""What UTF-8's bytes look like when they were taken for Windows-1252: a capital with an accent, then one to three
signs that only the upper half of that code has."""


def mended(text: str) -> str:
    """The text with every run put right that is UTF-8 taken for Windows-1252 (“Â£40” is “£40”); all else is kept.

    A run that makes no character when read again is no accident of encoding and stays as it is.
    """
    for _ in range(_LAYERS):
        better = _RUN.sub(_read_again, text)
        if better == text:
            return text
        text = better
    return text


def _read_again(run: re.Match[str]) -> str:
    found = run[0]
    for length in range(len(found), 1, -1):
        try:
            return bytes(map(_byte, found[:length])).decode() + _RUN.sub(_read_again, found[length:])
        except UnicodeDecodeError:
            continue
    return found


def _byte(sign: str) -> int:
    """The byte a sign stands for in Windows-1252; the five it leaves undefined were passed on as they are."""
    try:
        return sign.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(sign)

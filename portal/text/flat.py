"""Text without its markup: for feeds, for search, for counting."""

import unicodedata
from html.parser import HTMLParser
from typing import Final


def plain(html: str) -> str:
    """The words of cleaned HTML: a line for each paragraph, item or row, cells apart by a space."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def words(text: str) -> int:
    """How many words a text has: runs between spaces with a letter or digit in them."""
    return sum(any(character.isalnum() for character in run) for run in text.split())


def fold(text: str) -> str:
    """The text as searches compare it: no accents, no capitals, straight quotes, single spaces.

    Both what is indexed and what is asked are folded here, because the two databases fold differently.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_LOOKALIKES).casefold())
    bare = "".join(character for character in folded if unicodedata.category(character) != "Mn")
    return " ".join(unicodedata.normalize("NFKD", bare.casefold().translate(_LOOKALIKES)).split())


class _Reader(HTMLParser):
    """Collects what is shown, with a line break wherever a browser would begin a new line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        self.pieces.append(_separator(tag))

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        self.pieces.append(_separator(tag))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data.replace("\n", " "))


def _separator(tag: str) -> str:
    if tag in _CELLS:
        return " "
    return "" if tag in _INLINE else "\n"


_HIDDEN: Final = frozenset({"script", "style"})
_CELLS: Final = frozenset({"td", "th"})
_INLINE: Final = frozenset({"a", "strong", "em", "b", "i", "u", "s", "del", "ins", "sub", "sup", "code", "span", "img"})
_LOOKALIKES: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-",
        "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ħ": "h", "Ħ": "h",
    }
)  # fmt: skip

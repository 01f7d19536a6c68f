"""Bleach with our allow-list, and the three repairs it does not make itself.

Headings move below the page's own, links say that we do not vouch for them, and what a browser would never
show as text (scripts, style sheets) is dropped with its content instead of being left behind as words.
"""

import html as entities
import re
import threading
from collections.abc import Iterable, Iterator
from typing import Any, Final

from bleach.sanitizer import Cleaner

from portal.text.allowed import (
    FOREIGN_HEADINGS,
    HEADINGS,
    LINK_REL,
    PROTOCOLS,
    TAGS,
    is_allowed_attribute,
)

_Token = dict[str, Any]

MOST_PASSES: Final = 5
MOST_DEPTH: Final = 60
"""Tags open at once. Nobody writes so deep, and the parser's time and output grow with the square of it."""


def clean(html: str) -> str:
    """HTML made of the allow-list only; cleaning the answer again gives the same answer.

    Broken nesting is repaired by the parser, and a repair can make another one necessary. What has not come
    to rest after a few passes was not written to be read: it is returned as plain words.
    """
    visible = _NEVER_TEXT.sub("", html)
    if _is_too_deep(visible):
        return _as_words(visible)
    before = visible
    for _ in range(MOST_PASSES):
        after = _pass(before)
        if after == before:
            return after
        before = after
    return _as_words(visible)


def _pass(html: str) -> str:
    # html5lib loses what it moves out of a broken table when the table stands at the very top of a fragment.
    return _cleaner().clean(f"<{_WRAPPER}>{html}")


def _unwrap(source: Iterable[_Token]) -> Iterator[_Token]:
    return (token for token in source if token.get("name") != _WRAPPER)


def _settle_headings(source: Iterable[_Token]) -> Iterator[_Token]:
    """Ranks the headings in use from h3 downward without gaps, so that h1 and h2 stay the page's own."""
    tokens = list(source)
    used = sorted({token["name"] for token in tokens if token.get("name") in _ALL_HEADINGS})
    ranked = {name: HEADINGS[min(rank, len(HEADINGS) - 1)] for rank, name in enumerate(used)}
    for token in tokens:
        if token.get("name") in ranked:
            token["name"] = ranked[token["name"]]
        yield token


def _settle_links(source: Iterable[_Token]) -> Iterator[_Token]:
    """Gives every link its `rel`, and takes the tag, not the words, of a link whose address was refused."""
    kept: list[bool] = []
    for token in source:
        if token.get("name") != "a":
            yield token
        elif token["type"] == "StartTag":
            kept.append(_HREF in token["data"])
            if kept[-1]:
                token["data"][_REL] = LINK_REL
                yield token
        elif kept and kept.pop():
            yield token


def _cleaner() -> Cleaner:
    """This thread's cleaner: bleach's holds the state of its parser."""
    cleaner: Cleaner | None = getattr(_of_thread, "cleaner", None)
    if cleaner is None:
        filters: list[Any] = [_unwrap, _settle_headings, _settle_links]
        cleaner = _of_thread.cleaner = Cleaner(
            tags=TAGS | {_WRAPPER, *FOREIGN_HEADINGS},
            attributes=is_allowed_attribute,
            protocols=PROTOCOLS,
            strip=True,
            strip_comments=True,
            filters=filters,
        )
    return cleaner


def _is_too_deep(html: str) -> bool:
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _NESTING:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > MOST_DEPTH:
                return True
    return False


def _as_words(html: str) -> str:
    words = " ".join(entities.unescape(_ANY_TAG.sub(" ", html)).split())
    return _pass(f"<p>{entities.escape(words, quote=False)}</p>") if words else ""


_WRAPPER: Final = "main"
_of_thread = threading.local()
_HREF: Final = (None, "href")
_REL: Final = (None, "rel")
_ALL_HEADINGS: Final = frozenset({*FOREIGN_HEADINGS, *HEADINGS})
_CLOSED_BY_THE_NEXT: Final = {"p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "br", "hr"}
_NESTING: Final = TAGS - _CLOSED_BY_THE_NEXT
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_NEVER_TEXT = re.compile(
    r"<(script|style|template|noscript|iframe|object|svg|math|title)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)"
    rf"|</?{_WRAPPER}\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)

"""The one allow-list: what cleaned rich text may contain, and nothing else ever does."""

import re
from typing import Final

HEADINGS: Final = ("h3", "h4", "h5", "h6")
"""A page has one h1 and its sections h2; rich text begins below them."""

FOREIGN_HEADINGS: Final = ("h1", "h2")
"""Read, so that their text stays a heading, but never written: they become one of `HEADINGS`."""

TAGS: Final = frozenset(
    {"p", "br", "hr", "strong", "em", "b", "i", "u", "s", "del", "ins", "sub", "sup", "code", "pre"}
    | {"blockquote", "ul", "ol", "li", "dl", "dt", "dd", "a", *HEADINGS}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
)

PROTOCOLS: Final = frozenset({"http", "https", "mailto", "tel"})

LINK_REL: Final = "nofollow noopener"

_LINK = re.compile(r"(?:https?://[^\s/]|mailto:[^\s:]|tel:[+\d])", re.IGNORECASE)
_SMALL_NUMBER = re.compile(r"[1-9]\d{0,2}")
_SCOPES = ("col", "row", "colgroup", "rowgroup")


def is_allowed_attribute(tag: str, name: str, value: str) -> bool:
    """Whether the tag may carry this attribute with this value.

    A link must spell out its protocol. That refuses `javascript:` in every disguise, and also addresses
    relative to a page that is no longer there, which would lead somewhere inside the portal.
    """
    if name == "href":
        return tag == "a" and _LINK.match(value) is not None
    if name in {"colspan", "rowspan"}:
        return tag in {"td", "th"} and _SMALL_NUMBER.fullmatch(value) is not None
    if name == "scope":
        return tag == "th" and value in _SCOPES
    if name == "start":
        return tag == "ol" and _SMALL_NUMBER.fullmatch(value) is not None
    return False

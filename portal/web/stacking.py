"""Tables that a phone shows one row under another, each cell under the words of its column."""

import re
from collections.abc import Sequence

from flask import Flask
from markupsafe import Markup, escape

_TAG = re.compile(r"<(tr|th|td)\b([^>]*)>")
_SPAN = re.compile(r'\bcolspan="(\d{1,3})"')


def register(app: Flask) -> None:
    """Give templates the filter `labelled`."""
    app.jinja_env.filters["labelled"] = labelled


def labelled(rows: Markup, head: Sequence[str]) -> Markup:
    """The rows of a table's body with the heading of its column on each cell, for a style sheet to show.

    A row's own heading needs none, and neither does a cell beyond the last column.
    """
    column = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal column
        tag, attributes = found.groups()
        if tag == "tr":
            column = 0
            return found.group()
        here = column
        span = _SPAN.search(attributes)
        column += int(span.group(1)) if span else 1
        if tag == "th" or here >= len(head):
            return found.group()
        return f'<td data-label="{escape(head[here])}"{attributes}>'

    return Markup(_TAG.sub(mark, str(rows)))  # noqa: S704 - the rows come escaped from a template

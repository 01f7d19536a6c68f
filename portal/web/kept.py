"""Public pages, kept once they were written: a visitor whom the portal does not know sees what the page is made of.

What such a page shows its view has read from the database at this very request, so nothing is ever shown that no
longer holds; only to write the same page again is spared. The view names everything the page is made of (`made_of`),
as values. Two requests for the same address with the same values on the same day get the same page.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, cast

from flask import Flask, current_app, render_template, request, session
from jinja2 import Template

from portal.db import clock
from portal.law.calendar import london_date

_KEPT = 300
"""Pages kept by each process, some 20 kB each."""
_SHELF = "kept_pages"


class MadeOfMore(AssertionError):
    """A kept page shows something that its view did not name; tests look for it whenever they ask for a page again."""


def register(app: Flask) -> None:
    """Give the app a shelf of its own for its pages."""
    app.extensions[_SHELF] = OrderedDict()


def kept_page(template: str | Template, made_of: Hashable, context: Callable[[], dict[str, Any]]) -> str:
    """The page that `template` writes of `context()`, which must follow from `made_of`, the address and the day alone.

    Whoever has a session (signed in, or with a message to read) gets the page written for them.
    """
    if session:
        return render_template(template, **context())
    shelf = cast("OrderedDict[Hashable, str]", current_app.extensions[_SHELF])
    key = (template, request.full_path, london_date(clock.now()), made_of)
    kept = shelf.get(key)
    if kept is None or current_app.testing:
        page = render_template(template, **context())
        if kept not in {None, page}:
            raise MadeOfMore(f"{template} shows something else than its view named.")
        kept = shelf[key] = page
    shelf.move_to_end(key)
    while len(shelf) > _KEPT:
        shelf.popitem(last=False)
    return kept

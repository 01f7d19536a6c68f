"""Public pages, kept once they were written: a visitor whom the portal does not know sees what the page is made of.

What such a page shows its view has read from the database at this very request, so nothing is ever shown that no
longer holds; only to write the same page again is spared. The view names everything the page is made of (`made_of`),
as values. Two requests for the same address with the same values on the same day get the same page.

Of a page for somebody who is signed in a long list can be kept (`kept_part`): a template that is given the rows just
read and nothing else, so that it knows of nobody and nothing besides.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, cast

from flask import Flask, current_app, render_template, request, session
from jinja2 import Template
from markupsafe import Markup

from portal.db import clock
from portal.law.calendar import london_date

_KEPT = 300
"""Pages and parts kept by each process, some 20 kB each."""
_SHELF = "kept_pages"


class MadeOfMore(AssertionError):
    """What is kept shows something that its view did not name; tests look for it whenever they ask for a page again."""


def register(app: Flask) -> None:
    """Give the app a shelf of its own for its pages, and templates `kept_part`."""
    app.extensions[_SHELF] = OrderedDict()
    app.add_template_global(kept_part)


def kept_page(template: str | Template, made_of: Hashable, context: Callable[[], dict[str, Any]]) -> str:
    """The page that `template` writes of `context()`, which must follow from `made_of`, the address and the day alone.

    Whoever has a session (signed in, or with a message to read) gets the page written for them.
    """
    if session:
        return render_template(template, **context())
    key = (template, request.full_path, london_date(clock.now()), made_of)
    return _kept(key, lambda: render_template(template, **context()))


def kept_part(template: str, **made_of: Hashable) -> Markup:
    """The part of a page that `template` writes of `made_of` alone: it is given no reader and no form."""
    key = (template, *made_of.items())
    return Markup(_kept(key, lambda: current_app.jinja_env.get_template(template).render(made_of)))  # noqa: S704


def _kept(key: tuple[Hashable, ...], write: Callable[[], str]) -> str:
    """The oldest goes first, however often it was asked for: to say so would compare every row of its key again."""
    shelf = cast("OrderedDict[Hashable, str]", current_app.extensions[_SHELF])
    kept = shelf.get(key)
    if kept is None or current_app.testing:
        written = write()
        if kept not in {None, written}:
            raise MadeOfMore(f"{key[0]} shows something else than its view named.")
        kept = shelf[key] = written
        while len(shelf) > _KEPT:
            shelf.popitem(last=False)
    return kept

"""The requests that are measured, and how much each may cost beside the bare ones."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import WSGIEnvironment

from flask import Flask
from werkzeug.test import EnvironBuilder

from bench.data import Site
from tests.support.people import signed_in

BARE_PAGE, BARE_INSERT = "bare page", "bare insert"
Fields = Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to an app. It may cost `most` times what the request named `beside` costs."""

    name: str
    app: Flask
    environ: WSGIEnvironment
    status: int = 200
    fields: Fields | None = None
    most: float = 1
    beside: str = BARE_PAGE

    def once(self) -> WSGIEnvironment:
        """A fresh copy of the request, its form newly filled in."""
        if self.fields is None:
            return dict(self.environ)
        body = urlencode(self.fields()).encode()
        return self.environ | {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}


def bare_requests(bare: Flask) -> Iterator[Asked]:
    """The two that the others are measured beside."""
    yield Asked(BARE_PAGE, bare, _environ("/"))
    sent = {"name": "A firm", "subject": "A question", "text": "We would like to know more. " * 20}
    yield Asked(BARE_INSERT, bare, _environ("/messages", method="POST"), 302, lambda: sent, beside=BARE_INSERT)


def portal_requests(portal: Flask, site: Site) -> Iterator[Asked]:
    """The portal's hot pages, each as the person whose page it is."""
    yield Asked("public list", portal, _environ("/challenges"), most=2)
    yield Asked("challenge page", portal, _environ(f"/challenges/{site.released}"), most=3.5)
    opened = _environ(f"/challenges/{site.judged}/responses", _cookie(portal, site, "procurement officer"))
    yield Asked("list of 60 responses", portal, opened, most=4)
    yield Asked("search, one word", portal, _environ("/challenges?q=tram"), most=8)
    yield Asked("search, two words", portal, _environ("/challenges?q=tram+clinic"), most=8)
    for role in site.people:
        yield Asked(f"home, {role}", portal, _environ("/home", _cookie(portal, site, role)), most=5)
    yield _submit(portal, site)


def _submit(portal: Flask, site: Site) -> Asked:
    """A complete response sent again and again, each time as a press of its own."""
    client = signed_in(portal, site.people["supplier"])
    page = client.get(f"/responses/{site.draft}/check").text
    token, number = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page), count()
    assert token is not None, "the page has a form"

    def fields() -> dict[str, Any]:
        return {"csrf_token": token[1], "declared": "y", "once_key": f"press-{next(number)}"}

    environ = _environ(f"/responses/{site.draft}/submit", _cookie_of(client), method="POST")
    return Asked("submit", portal, environ, 302, fields, most=4, beside=BARE_INSERT)


def _cookie(portal: Flask, site: Site, role: str) -> str:
    """A signed-in browser's cookie, once it has seen a page with a form."""
    client = signed_in(portal, site.people[role])
    client.get("/home")
    return _cookie_of(client)


def _cookie_of(client: Any) -> str:
    return f"portal={client.get_cookie('portal').value}"


def _environ(address: str, cookie: str = "", *, method: str = "GET") -> WSGIEnvironment:
    path, _, query = address.partition("?")
    builder = EnvironBuilder(path, "http://localhost/", query_string=query, method=method)
    if method == "POST":
        builder.content_type = "application/x-www-form-urlencoded"
    environ = builder.get_environ()
    return environ | {"HTTP_COOKIE": cookie} if cookie else environ

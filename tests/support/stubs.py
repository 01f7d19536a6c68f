"""Pages of other rooms, where they do not exist yet, so that a test can draw the links to them."""

from flask import Flask

from portal.web import SIGNED_IN, access

ADDRESSES = {
    "home.home": "/home",
    "accounts.sign_in": "/sign-in",
    "accounts.sign_out": "/sign-out",
    "accounts.account": "/account",
    "challenges.index": "/challenges",
    "pathways.progress": "/challenges/<reference>/progress",
    "pathways.move": "/challenges/<reference>/moves/<name>",
}


@access(SIGNED_IN)
def _nothing(**_address: str) -> str:
    return "Another room's page."


def add_missing(app: Flask) -> Flask:
    """Give the app an empty page for every endpoint of `ADDRESSES` that nobody has built."""
    for endpoint, address in ADDRESSES.items():
        if endpoint not in app.view_functions:
            app.add_url_rule(address, endpoint, _nothing)
    return app
"""Pages of rooms that a test does without: empty, but there, so that links to them can be written."""

from flask import Flask
from flask.typing import ResponseReturnValue

from portal.web import SIGNED_IN, access

_PAGES = {
    "home.home": "/home",
    "pathways.progress": "/challenges/<reference>/progress",
    "accounts.sign_in": "/sign-in",
    "accounts.sign_out": "/sign-out",
    "accounts.register": "/register",
}


def add_missing(app: Flask) -> None:
    """Give the app an empty page for each of these that no room has made."""
    app.config["TESTING"] = True
    for endpoint, address in _PAGES.items():
        if endpoint not in app.view_functions:

            @access(SIGNED_IN)
            def nothing(**_address: str) -> ResponseReturnValue:
                return ""

            app.add_url_rule(address, endpoint, nothing)

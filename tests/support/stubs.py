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

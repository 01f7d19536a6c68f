"""Pages of rooms that are not furnished yet, so that links to them can be written."""

from flask import Flask

from portal.web import SIGNED_IN, access

PAGES = {
    "home.home": "/home",
    "pathways.progress": "/challenges/<reference>/progress",
    "accounts.sign_in": "/sign-in",
}


def fill_in(app: Flask) -> None:
    """Give the app an empty page, for the signed in, at each of these endpoints it has not."""
    for endpoint, rule in PAGES.items():
        if endpoint not in app.view_functions:
            app.add_url_rule(rule, endpoint, access(SIGNED_IN)(lambda **_: "A page to come"))

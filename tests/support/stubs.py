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

"""Ending mails by the signed link in each of them, without signing in.

A mail program sends the POST by itself (RFC 8058), with no page of ours before it and so without the token of a form.
The signed link stands in its place: whoever has it can do this one thing and nothing else.
"""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from portal.accounts import links
from portal.accounts.models import Person
from portal.network.matching import services
from portal.network.matching.messages import UNSUBSCRIBE
from portal.network.matching.views.blueprint import blueprint
from portal.web import PUBLIC, access, db_session


@blueprint.get("/unsubscribe/<token>")
@access(PUBLIC)
def unsubscribe(token: str) -> ResponseReturnValue:
    """A button; to look at the page changes nothing."""
    _person(token)
    return render_template("network/matching/unsubscribe.html", token=token, done=False)


@blueprint.post("/unsubscribe/<token>")
@access(PUBLIC)
def one_click(token: str) -> ResponseReturnValue:
    """End these mails, for whoever pressed the button and for mail programs alike."""
    services.unsubscribe(db_session(), _person(token))
    return render_template("network/matching/unsubscribe.html", token=token, done=True)


def _person(token: str) -> int:
    key = links.stamped(UNSUBSCRIBE, token)
    person = db_session().get(Person, key) if key is not None else None
    if person is None:
        abort(404)
    return person.id

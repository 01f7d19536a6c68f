"""What a firm gets back: the receipt of each copy, and the copy itself word for word."""

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.policy import Permission
from portal.responses import queries
from portal.responses.content import content_of
from portal.responses.models import Response, Snapshot
from portal.responses.receipts import receipt_of
from portal.responses.views.blueprint import blueprint
from portal.web import access, db_session


def _snapshot(response: Response, number: int) -> Snapshot:
    found = queries.snapshot_of(db_session(), response, number)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/responses/<reference>/receipts/<int(max=100000):number>")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def submitted(response: Response, number: int) -> ResponseReturnValue:
    """The receipt: when it was received to the millisecond, and the text that proves it."""
    snapshot = _snapshot(response, number)
    return render_template(
        "responses/submitted.html",
        response=response,
        challenge=response.challenge,
        snapshot=snapshot,
        content=content_of(snapshot),
        receipt=receipt_of(response, snapshot),
        latest=queries.latest_snapshot(db_session(), response),
    )


@blueprint.get("/responses/<reference>/copies/<int(max=100000):number>")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def copy(response: Response, number: int) -> ResponseReturnValue:
    """What was submitted, word for word."""
    snapshot = _snapshot(response, number)
    return render_template(
        "responses/copy.html",
        response=response,
        challenge=response.challenge,
        snapshot=snapshot,
        content=content_of(snapshot),
    )

"""What a firm gets back: the receipt of each copy, to read and to keep, and the copy itself word for word."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.db import clock
from portal.documents import pdfs_are_made
from portal.policy import Permission
from portal.responses import queries
from portal.responses.afterwards import next_of
from portal.responses.content import content_of
from portal.responses.models import Response, Snapshot
from portal.responses.receipts import receipt_of
from portal.responses.views.blueprint import blueprint
from portal.web import access, db_session
from portal.web.documents import pdf_answer


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
        next_steps=next_of(response, clock.now()),
        pdfs=pdfs_are_made(),
    )


@blueprint.get("/responses/<reference>/receipts/<int(max=100000):number>/pdf")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def receipt_document(response: Response, number: int) -> ResponseReturnValue:
    """The receipt as a document to file away; its whole text can be pasted where receipts are checked."""
    snapshot = _snapshot(response, number)
    return pdf_answer(
        f"receipt-{response.reference}-{snapshot.number}",
        "documents/receipt.html",
        response=response,
        challenge=response.challenge,
        snapshot=snapshot,
        content=content_of(snapshot),
        receipt=receipt_of(response, snapshot),
        next_steps=next_of(response, clock.now()),
    )


@blueprint.get("/responses/<reference>/copies/<int(max=100000):number>/content")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def canonical_content(response: Response, number: int) -> ResponseReturnValue:
    """Exactly the bytes the receipt's digest was taken of, so that a firm can take it again itself."""
    snapshot = _snapshot(response, number)
    answer = make_response(snapshot.content.encode())
    answer.headers.update({"Content-Type": "application/json", "Cache-Control": "no-store"})
    name = f"response-{response.reference}-{snapshot.number}.json"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


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

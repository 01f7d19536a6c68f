"""Files of a draft: attached, taken out, and fetched as attachments only."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.challenges.queries import round_of
from portal.db import clock
from portal.files.arrived import NotTaken
from portal.files.kinds import ALLOWED
from portal.machine import NotNow
from portal.policy import Permission
from portal.responses import queries, services
from portal.responses.forms import FileForm
from portal.responses.models import Response
from portal.responses.sections import price_stands_apart
from portal.responses.services.drafting import MOST_FILES
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session
from portal.web.uploads import as_attachment, take_in

_CHOOSE = "Choose a file to attach."


@blueprint.get("/responses/<reference>/files")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def files(response: Response) -> ResponseReturnValue:
    """What is attached, and what can be."""
    return _page(response, FileForm(formdata=None))


@blueprint.post("/responses/<reference>/files")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def attach(response: Response) -> ResponseReturnValue:
    """Look into the file, keep it, and attach it."""
    form, sent = FileForm(), request.files.get("file")
    if not form.validate_on_submit():
        return _refused(response, form, _CHOOSE)
    try:
        arrived = take_in(sent, otherwise=_CHOOSE)
        services.attach_file(db_session(), current_actor(), response, arrived)
    except services.Closed:
        raise
    except (NotTaken, NotNow) as refused:
        return _refused(response, form, str(refused))
    flash("File attached.", "success")
    return redirect(url_for("responses.files", reference=response.reference))


@blueprint.post("/responses/<reference>/files/<file_reference>/remove")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def detach(response: Response, file_reference: str) -> ResponseReturnValue:
    """Take a file out of the draft."""
    services.remove_file(db_session(), current_actor(), response, file_reference)
    flash("File taken out.", "success")
    return redirect(url_for("responses.files", reference=response.reference))


@blueprint.get("/responses/<reference>/files/<file_reference>")
@access(Permission.RESPONSE_WRITE, Permission.RESPONSES_READ, find=queries.for_reader)
def download(response: Response, file_reference: str) -> ResponseReturnValue:
    """One file; people inside get only what was submitted."""
    session, actor = db_session(), current_actor()
    inside = queries.own(session, actor, response.reference) is None
    stored = queries.file_of(session, response, file_reference, submitted=inside)
    if stored is None:
        raise NotFound
    return as_attachment(stored)


def _refused(response: Response, form: FileForm, sentence: str) -> ResponseReturnValue:
    form.file.errors = [sentence]
    return _page(response, form), 422


def _page(response: Response, form: FileForm) -> str:
    asked = round_of(db_session(), response.challenge, response.round.kind)
    return render_template(
        "responses/files.html",
        keeps_price_out=asked is not None and price_stands_apart(asked),
        response=response,
        challenge=response.challenge,
        files=queries.files_of(db_session(), response),
        form=form,
        allowed=ALLOWED,
        most=MOST_FILES,
        is_open=queries.is_open(response.challenge, response.round, clock.now()),
    )

"""Sending a payments file, saying which column is which, and seeing how far it is and what came of it."""

from typing import BinaryIO, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.files.names import safe_name
from portal.files.store import NotKept
from portal.law.money import Vat
from portal.machine import NotNow
from portal.network.spend import queries, services
from portal.network.spend.columns import Role, guessed, plain_heading, titled
from portal.network.spend.forms import ColumnsForm, SendForm
from portal.network.spend.models import SpendFile, Standing
from portal.network.spend.table import NotATable, look
from portal.network.spend.views.blueprint import AUTHORITY, FILE, MOST_BYTES, SEES, WRITES, blueprint
from portal.organisations.models import Organisation
from portal.web import access, current_actor, db_session, page_number
from portal.web.forms import PortalForm
from portal.web.uploads import examine, file_store

_SHOWN_ROWS = 5
_CONTENT_GONE = "This file is not kept any more, because nobody said which column is which within a day. Send it again."


@blueprint.route("/organisations/<reference>/spend/send", methods=["GET", "POST"])
@access(WRITES, find=AUTHORITY)
def send(authority: Organisation) -> ResponseReturnValue:
    """Send a payments file."""
    form, sent = SendForm(), request.files.get("file")
    if request.method == "GET":
        return _sending(authority, SendForm(formdata=None))
    if not form.validate_on_submit() or sent is None or not sent.filename:
        return _refused(authority, form, "Choose the CSV file of payments.")
    # Looking into a file and writing it takes its time; nothing has been changed yet, so nothing is held meanwhile.
    db_session().commit()
    content = cast(BinaryIO, sent.stream)
    found = examine(content, sent.filename, MOST_BYTES)
    if not found.ok or found.kind not in {"csv", "txt"}:
        return _refused(authority, form, found.refusal or "Payments files are CSV files. Save the sheet as CSV first.")
    try:
        seen = look(content)
    except NotATable as problem:
        return _refused(authority, form, str(problem))
    content.seek(0)
    stored = file_store().put(content)
    name = safe_name(sent.filename)
    try:
        file = services.receive(
            db_session(), current_actor(), authority, name=name, digest=stored.digest, size=stored.size, look=seen
        )
    except NotNow as refused:
        return _refused(authority, form, str(refused))
    return redirect(url_for("spend.columns", reference=authority.reference, file_reference=file.reference))


def _refused(authority: Organisation, form: SendForm, sentence: str) -> ResponseReturnValue:
    form.file.errors = [sentence]
    return _sending(authority, form), 422


def _sending(authority: Organisation, form: SendForm) -> str:
    return render_template("network/spend/send.html", authority=authority, form=form, most=MOST_BYTES // 1024**2)


@blueprint.route("/organisations/<reference>/spend/files/<file_reference>/columns", methods=["GET", "POST"])
@access(WRITES, find=FILE)
def columns(file: SpendFile) -> ResponseReturnValue:
    """Say which column is which: guessed, and as it was said last time where the headings are the same."""
    if file.standing is not Standing.UNMAPPED:
        return redirect(_address(file))
    rows = _rows(file)
    if rows is None:
        form = SendForm(formdata=None)
        form.file.errors = [_CONTENT_GONE]
        return _sending(file.organisation, form), 410
    kept, vat = queries.remembered(db_session(), file)
    begun = guessed(file.heading_list, rows) | kept
    form = ColumnsForm(
        headings=file.heading_list,
        data={role.value: str(at) for role, at in begun.items()}
        | {"vat": (vat or _guessed_vat(file, begun)).value, "version": file.version},
    )
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _mapping(file, form, rows, remembered=bool(kept)), status
    services.say_columns(
        db_session(), current_actor(), file, form.columns, Vat(form.vat.data), version=form.version.number
    )
    return redirect(_address(file))


def _guessed_vat(file: SpendFile, begun: dict[Role, int]) -> Vat:
    heading = plain_heading(file.heading_list[begun[Role.AMOUNT]]) if Role.AMOUNT in begun else ""
    return Vat.INCLUSIVE if "gross" in heading.split() else Vat.EXCLUSIVE


def _rows(file: SpendFile) -> tuple[tuple[str, ...], ...] | None:
    """The first rows, read anew each time: nothing of them is kept in the database. None where the file is gone."""
    try:
        with file_store().open(file.digest) as stream:
            return look(stream).rows
    except NotKept:
        return None


def _mapping(file: SpendFile, form: PortalForm, rows: tuple[tuple[str, ...], ...], *, remembered: bool) -> str:
    return render_template(
        "network/spend/columns.html",
        file=file,
        form=form,
        roles=Role,
        headings=titled(file.heading_list),
        rows=rows[:_SHOWN_ROWS],
        remembered=remembered,
    )


def _address(file: SpendFile) -> str:
    return url_for("spend.file", reference=file.organisation.reference, file_reference=file.reference)


@blueprint.get("/organisations/<reference>/spend/files/<file_reference>")
@access(*SEES, find=FILE)
def file(file: SpendFile) -> ResponseReturnValue:
    """How far it is; once it was read, every row counted."""
    session = db_session()
    return render_template(
        "network/spend/file.html",
        file=file,
        left_out=queries.left_out(session, file),
        page=queries.rows_left_out(session, file, number=page_number()),
        may_write=current_actor().may(WRITES, file.scopes()),
        Standing=Standing,
    )


@blueprint.post("/organisations/<reference>/spend/files/<file_reference>/remove")
@access(WRITES, find=FILE)
def remove(file: SpendFile) -> ResponseReturnValue:
    """Take a file out with all that was read from it."""
    reference, name = file.organisation.reference, file.name
    services.remove(db_session(), current_actor(), file)
    flash(f"{name} is taken out.", "success")
    return redirect(url_for("spend.overview", reference=reference))

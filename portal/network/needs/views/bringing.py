"""Bringing a plan in as a file, and the example it can be made from."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from portal.network.needs import services
from portal.network.needs.forms import FileForm
from portal.network.needs.reading import COLUMNS, MOST_BYTES, NotPlans, Plans, heading, read_plans
from portal.network.needs.views.blueprint import blueprint, body
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.documents import csv_answer

EXAMPLE = (
    *("Repainting of twelve stairwells", "Painting", "45442100", "Q1 2027", "£48,000", "including", "low", "yes"),
    *("Net zero", "31/03/2027", "", "Two estates"),
)


@blueprint.route("/organisations/<reference>/needs/file", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, find=body)
def bring_in(organisation: Organisation) -> ResponseReturnValue:
    """Take a file in; the page then says what was taken, what was there already, and what was set aside and why."""
    form = FileForm()
    plans = _read(form) if form.validate_on_submit() else None
    if plans is None:
        status = 422 if form.is_submitted() else 200
        columns = [heading(name) for name in COLUMNS]
        return render_template("network/needs/file.html", organisation=organisation, form=form, columns=columns), status
    shared = bool(form.shared.data)
    taken = services.take_in(db_session(), current_actor(), organisation, plans.lines, shared=shared)
    return render_template("network/needs/taken.html", organisation=organisation, plans=plans, taken=taken)


@blueprint.get("/organisations/<reference>/needs/example.csv")
@access(Permission.CHALLENGE_START, find=body)
def example(_organisation: Organisation) -> Response:
    """A file with every column and one line."""
    return csv_answer("planned-needs-example", map(heading, COLUMNS), [EXAMPLE])


def _read(form: FileForm) -> Plans | None:
    """What the file says; None, with a sentence beside the field, where it cannot be read."""
    sent = form.file.data
    content = sent.read(MOST_BYTES + 1) if sent and not isinstance(sent, str) and sent.filename else b""
    try:
        if not content:
            raise NotPlans("Choose a file that is not empty.")
        return read_plans(content)
    except NotPlans as problem:
        form.file.errors = [str(problem)]
        return None

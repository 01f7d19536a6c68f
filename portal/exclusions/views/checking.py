"""An officer asks the chosen firms, and records what was found of what each says."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.exclusions import queries, services
from portal.exclusions.forms import CheckForm
from portal.exclusions.models import SupplierCheck
from portal.exclusions.pathway import CHECK
from portal.exclusions.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.filters import plural


@blueprint.post("/challenges/<reference>/award/ask-firms")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def ask(challenge: Challenge) -> ResponseReturnValue:
    """Ask those who have not been asked: firms are asked by themselves when they are chosen, from now on."""
    asked = services.ask_chosen(db_session(), current_actor(), challenge)
    flash(f"Asked: {plural(asked, 'firm')}." if asked else "There was nobody left to ask.", "success")
    return redirect(url_for("notices.award", reference=challenge.reference))


@blueprint.get("/supplier-checks/<reference>/check")
@access(Permission.CHALLENGE_PROCURE, find=queries.inside_check)
def check(row: SupplierCheck) -> ResponseReturnValue:
    """What the firm says, and what to look at."""
    return _page(row, CheckForm(formdata=None, weighs=_weighs(row), version=row.version, note=row.note))


@blueprint.post("/supplier-checks/<reference>/check")
@access(Permission.CHALLENGE_PROCURE, find=queries.inside_check)
def record(row: SupplierCheck) -> ResponseReturnValue:
    """Record what was found, or ask the firm again."""
    form = CheckForm(weighs=_weighs(row))
    if not form.validate_on_submit():
        return _page(row, form), 422
    session, actor, said, version = db_session(), current_actor(), form.note.data or "", form.version.number
    if form.found.data == "in_order":
        services.accept(session, actor, row, note=said, version=version)
        flash(f"Recorded: {row.organisation.name} is in order.", "success")
    else:
        services.send_back(session, actor, row, reason=said, version=version)
        flash(f"{row.organisation.name} is asked again.", "success")
    return redirect(url_for("notices.award", reference=row.response.challenge.reference))


def _weighs(row: SupplierCheck) -> bool:
    """Whether something has to be weighed before it can be in order."""
    return bool(row.ground_applies or row.debarred)


def _page(row: SupplierCheck, form: CheckForm) -> str:
    challenge = row.response.challenge
    return render_template(
        "exclusions/check.html",
        check=row,
        challenge=challenge,
        stands=CHECK[row.state],
        weighs=_weighs(row),
        may_check=challenge.state == "award" and row.state in {"given", "in_order"},
        form=form,
    )

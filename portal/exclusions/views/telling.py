"""What a chosen firm is asked, and what it said."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.exclusions import queries, services
from portal.exclusions.forms import MOST_SUBCONTRACTORS, TellForm
from portal.exclusions.models import SupplierCheck
from portal.exclusions.pathway import CHECK
from portal.exclusions.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session

MORE_ROWS = 3


@blueprint.get("/supplier-checks/<reference>")
@access(Permission.RESPONSE_WRITE, find=queries.own_check)
def tell(check: SupplierCheck) -> ResponseReturnValue:
    """The four questions, or what was said."""
    return _page(check, TellForm.of(check))


@blueprint.post("/supplier-checks/<reference>")
@access(Permission.RESPONSE_WRITE, find=queries.own_check)
def send(check: SupplierCheck) -> ResponseReturnValue:
    """Send the answers; the button for more rows sends nothing."""
    form = TellForm()
    if request.form.get("more"):
        for _ in range(min(MORE_ROWS, MOST_SUBCONTRACTORS - len(form.subcontractors))):
            form.subcontractors.append_entry()
        return _page(check, form)
    if not form.validate_on_submit():
        return _page(check, form), 422
    services.give(db_session(), current_actor(), check, form.told, version=form.version.number)
    flash("Your answers have been sent. You can change them until they are checked.", "success")
    return redirect(url_for("exclusions.tell", reference=check.reference))


def _page(check: SupplierCheck, form: TellForm) -> str:
    challenge = check.response.challenge
    return render_template(
        "exclusions/tell.html",
        check=check,
        challenge=challenge,
        stands=CHECK[check.state],
        machine=CHECK,
        others=[each for each in queries.beside(db_session(), check) if each.id != check.id],
        may_tell=challenge.state == "award" and check.state in {"asked", "given"},
        form=form,
    )

"""Names in payments that may be firms registered here: a person says whether they are."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.network.spend import queries, services
from portal.network.spend.views.blueprint import AUTHORITY, SEES, WRITES, blueprint
from portal.organisations.models import Organisation
from portal.web import access, current_actor, db_session, page_number
from portal.web.filters import plural


@blueprint.get("/organisations/<reference>/spend/names")
@access(*SEES, find=AUTHORITY)
def names(authority: Organisation) -> ResponseReturnValue:
    """Those of which nobody has said so yet."""
    return render_template(
        "network/spend/names.html",
        authority=authority,
        page=queries.doubtful(db_session(), authority, number=page_number()),
        may_write=current_actor().may(WRITES, authority.scopes()),
    )


@blueprint.post("/organisations/<reference>/spend/names/<int:key>")
@access(WRITES, find=AUTHORITY)
def judge(authority: Organisation, key: int) -> ResponseReturnValue:
    """Say whether a name is the firm that is proposed."""
    payee = queries.payee_of(db_session(), authority, key)
    if payee is None:
        raise NotFound
    is_firm = request.form.get("is") == "firm"
    services.decide_match(db_session(), current_actor(), payee, is_firm=is_firm)
    flash(f"Kept: {payee.name} is {'that firm' if is_firm else 'somebody else'}.", "success")
    return redirect(url_for("spend.names", reference=authority.reference))


@blueprint.post("/organisations/<reference>/spend/names")
@access(WRITES, find=AUTHORITY)
def compare(authority: Organisation) -> ResponseReturnValue:
    """Compare all other names with the firms registered by now."""
    found = services.match_again(db_session(), current_actor(), authority)
    flash(f"{plural(found, 'name')} found." if found else "No further name was found.", "success")
    return redirect(url_for("spend.names", reference=authority.reference))

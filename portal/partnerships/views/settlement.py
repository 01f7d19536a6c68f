"""What is settled between the two sides after an end, one by one."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.partnerships import queries
from portal.partnerships.forms.events import SettleMatterForm
from portal.partnerships.models import Partnership
from portal.partnerships.pathway import OPEN_INVOICE
from portal.partnerships.services import events as services
from portal.partnerships.settling import items_of
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.workflow import outlook

_PROCURE, _FIRM, _SEE = Permission.CHALLENGE_PROCURE, Permission.RESPONSE_WRITE, Permission.CHALLENGE_SEE


@blueprint.get("/partnerships/<reference>/settlement")
@access(_SEE, _FIRM, find=queries.visible)
def settlement(partnership: Partnership) -> ResponseReturnValue:
    """Every matter with how it was settled, and the invoices that are open."""
    actor, session = current_actor(), db_session()
    may_settle = partnership.state == "ended" and actor.may(_PROCURE, partnership.scopes())
    moves = {each.move.name: each for each in outlook(session, actor, partnership)} if may_settle else {}
    return render_template(
        "partnerships/settlement.html",
        partnership=partnership,
        challenge=partnership.challenge,
        inside=actor.may(_SEE, partnership.scopes()),
        items=items_of(partnership, list(queries.members_of(session, partnership))),
        open_invoices=[each for each in partnership.invoices if each.state in OPEN_INVOICE],
        may_settle=may_settle,
        closing=moves.get("close"),
    )


@blueprint.route("/partnerships/<reference>/settlement/<matter>", methods=["GET", "POST"])
@access(_PROCURE, find=queries.of_authority)
def settle_matter(partnership: Partnership, matter: str) -> ResponseReturnValue:
    """Record how one matter was settled, or put it right."""
    members = list(queries.members_of(db_session(), partnership))
    item = next((each for each in items_of(partnership, members) if each.key == matter), None)
    if item is None:
        abort(404)
    form = SettleMatterForm(how=item.settled.how if item.settled else "")
    if not form.validate_on_submit():
        page = render_template(
            "partnerships/settle_matter.html",
            partnership=partnership,
            challenge=partnership.challenge,
            inside=True,
            item=item,
            form=form,
        )
        return page, 422 if form.is_submitted() else 200
    member = item.member.id if item.member else None
    services.settle_matter(db_session(), current_actor(), partnership, item.matter, member, str(form.how.data))
    flash(f"{item.title}: settled.", "success")
    return redirect(url_for("partnerships.settlement", reference=partnership.reference))

"""What a firm reports of the benefits it promised, and what the authority says to it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.partnerships import queries
from portal.partnerships.forms.benefits import NotConfirmedForm, ReportForm
from portal.partnerships.models import Partnership, SeenBenefit
from portal.partnerships.pathway import BENEFIT
from portal.partnerships.services import benefits as services
from portal.partnerships.thread import outcomes_promised
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.forms import keep_typed
from portal.workflow import outlook

_SEE, _READ, _FIRM = Permission.CHALLENGE_SEE, Permission.RESPONSES_READ, Permission.RESPONSE_WRITE


@blueprint.route("/partnerships/<reference>/benefits/report", methods=["GET", "POST"])
@access(_FIRM, find=queries.visible)
def report_benefit(partnership: Partnership) -> ResponseReturnValue:
    """The firm reports what it did, with evidence."""
    outcomes = outcomes_promised(db_session(), current_actor(), partnership, for_firm=True)
    form = ReportForm().offer(outcomes)
    if not form.validate_on_submit():
        page = render_template(
            "partnerships/report_benefit.html",
            partnership=partnership,
            challenge=partnership.challenge,
            inside=False,
            form=form,
            outcomes=outcomes,
        )
        return page, 422 if form.is_submitted() else 200
    services.report_benefit(db_session(), current_actor(), partnership, form.seen)
    flash(f"Sent. {partnership.challenge.lead.name} is asked to confirm it.", "success")
    return redirect(url_for("partnerships.benefits", reference=partnership.reference))


@blueprint.get("/benefits/<reference>")
@access(_SEE, _FIRM, find=queries.benefit_visible)
def benefit(benefit: SeenBenefit) -> ResponseReturnValue:
    """One benefit: what was seen, how one can tell, and what is to be done about it."""
    return _page(benefit)


def _page(benefit: SeenBenefit, status: int = 200, mistaken: NotConfirmedForm | None = None) -> ResponseReturnValue:
    session, actor, contract = db_session(), current_actor(), benefit.partnership
    inside = actor.may(_SEE, benefit.scopes())
    moves = {each.move.name for each in outlook(session, actor, benefit) if each.allowed}
    keep_typed(mistaken, offered="confirm" in moves)
    outcomes = outcomes_promised(session, actor, contract, for_firm=not inside)
    page = render_template(
        "partnerships/benefit.html",
        benefit=benefit,
        partnership=contract,
        challenge=contract.challenge,
        inside=inside,
        state=BENEFIT[benefit.state],
        outcome=next((each for each in outcomes if each.criterion_id == benefit.criterion_id), None),
        moves=moves,
        refusing=mistaken or NotConfirmedForm(formdata=None),
        mistaken=mistaken,
    )
    return page, status


def _back(benefit: SeenBenefit, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("partnerships.benefits", reference=benefit.partnership.reference))


@blueprint.post("/benefits/<reference>/confirm")
@access(_READ, find=queries.benefit_inside)
def benefit_confirm(benefit: SeenBenefit) -> ResponseReturnValue:
    """The authority confirms what the firm reported."""
    services.confirm_benefit(db_session(), current_actor(), benefit)
    return _back(benefit, "Confirmed. It counts beside what was promised, and the firm is told.")


@blueprint.post("/benefits/<reference>/send-back")
@access(_READ, find=queries.benefit_inside)
def benefit_send_back(benefit: SeenBenefit) -> ResponseReturnValue:
    """The authority says why it cannot confirm it."""
    form = NotConfirmedForm()
    if not form.validate_on_submit():
        return _page(benefit, 422, form)
    services.send_benefit_back(db_session(), current_actor(), benefit, str(form.reason.data))
    return _back(benefit, "Sent back. The firm is told why.")


@blueprint.post("/benefits/<reference>/take-back")
@access(_FIRM, find=queries.own_benefit)
def benefit_take_back(benefit: SeenBenefit) -> ResponseReturnValue:
    """The firm takes its report back."""
    services.take_benefit_back(db_session(), current_actor(), benefit)
    return _back(benefit, "Taken back.")

"""One opened response, as the people inside read it, and the decision whether it may be assessed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.policy import Permission
from portal.responses import queries, services
from portal.responses.clarified import clarifications_of, hearings_of
from portal.responses.confidential import without_confidential
from portal.responses.forms import EligibilityForm
from portal.responses.models import Eligibility, Response
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session


@blueprint.get("/responses/<reference>/read")
@access(Permission.RESPONSES_READ, find=queries.opened)
def read(response: Response) -> ResponseReturnValue:
    """The copy that counts, and nothing of the draft."""
    return _page(response)


@blueprint.get("/responses/<reference>/disclosable")
@access(Permission.CHALLENGE_PROCURE, find=queries.opened)
def disclosable(response: Response) -> ResponseReturnValue:
    """The copy that counts as somebody outside may read it: marked passages, and all files, are left out."""
    _snapshot, content, _closed = queries.read_as(db_session(), current_actor(), response)
    return render_template(
        "responses/disclosable.html",
        response=response,
        challenge=response.challenge,
        content=content,
        without=without_confidential,
    )


@blueprint.post("/responses/<reference>/eligibility")
@access(Permission.CHALLENGE_PROCURE, find=queries.opened)
def decide(response: Response) -> ResponseReturnValue:
    """Decide whether it may be assessed."""
    form = EligibilityForm()
    if not form.validate_on_submit():
        return _page(response, form), 422
    services.decide_eligibility(
        db_session(),
        current_actor(),
        response,
        eligible=form.eligible.data == "yes",
        reason=form.reason.data or "",
    )
    flash(f"Recorded for {response.organisation.name}. The firm is told at the end, with everybody.", "success")
    where = url_for("responses.opening", reference=response.challenge.reference, round=response.round.kind.value)
    return redirect(where)


def _page(response: Response, form: EligibilityForm | None = None) -> str:
    session, actor = db_session(), current_actor()
    snapshot, content, price_closed = queries.read_as(session, actor, response)
    decided = queries.eligibility_of(session, [response]).get(response.id)
    return render_template(
        "responses/read.html",
        response=response,
        challenge=response.challenge,
        snapshot=snapshot,
        content=content,
        price_closed=price_closed,
        decided=decided,
        departures=queries.departures_of(session, response),
        clarifications=clarifications_of(session, response),
        hearings=hearings_of(session, response),
        form=form or _form(decided),
        may_decide=actor.may(Permission.CHALLENGE_PROCURE, response.challenge.scopes())
        and queries.is_judged(response.challenge, response.round),
    )


def _form(decided: Eligibility | None) -> EligibilityForm:
    if decided is None:
        return EligibilityForm(formdata=None)
    return EligibilityForm(
        formdata=None,
        eligible="yes" if decided.eligible else "no",
        reason=decided.reason,
    )

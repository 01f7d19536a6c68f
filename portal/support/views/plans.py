"""The plans of a challenge and its equal-access ledger, for its team and its advisers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.policy import Permission
from portal.support import queries, services
from portal.support.forms import FactForm, TellAllForm
from portal.support.ledger import unevenness
from portal.support.models import ToldFact
from portal.support.pathway import EVEN_WITHIN_MINUTES, PLAN
from portal.support.views.base import blueprint
from portal.web import access, current_actor, db_session


@blueprint.get("/challenges/<reference>/support")
@access(Permission.SUPPORT_RUN, Permission.CHALLENGE_PROCURE, find=inside)
def plans(challenge: Challenge) -> ResponseReturnValue:
    """Every firm's plan, and what firms were told."""
    return _plans_page(challenge)


def _plans_page(
    challenge: Challenge, refused: tuple[int, TellAllForm] | None = None, fact_form: FactForm | None = None
) -> str:
    session, actor = db_session(), current_actor()
    found = queries.plans_of(session, challenge)
    ledger = queries.ledger_of(session, challenge)
    facts = queries.facts_of(session, challenge)
    forms = {
        fact.id: TellAllForm(prefix=f"fact{fact.id}", formdata=None, version=fact.version, public_text=fact.text)
        for fact in facts
        if fact.told_to_all_at is None
    }
    if refused is not None:
        forms[refused[0]] = refused[1]
    return render_template(
        "support/plans.html",
        challenge=challenge,
        plans=found,
        states=PLAN.states,
        first_contact=queries.first_contact,
        sessions=queries.sessions_of(session, found),
        facts=facts,
        firms={plan.id: plan.response.organisation.name for plan in found},
        forms_of=forms,
        form=refused[1] if refused else fact_form,
        fact_form=fact_form or FactForm(prefix="fact", formdata=None),
        ledger=ledger,
        uneven=unevenness(ledger),
        within=EVEN_WITHIN_MINUTES,
        running=challenge.state in {"support", "showcase"},
        tells=actor.may(Permission.CHALLENGE_LEAD, challenge.scopes()),
        helps=actor.may(Permission.SUPPORT_RUN, challenge.scopes()),
    )


@blueprint.post("/challenges/<reference>/support/told/<int:fact_id>")
@access(Permission.CHALLENGE_LEAD, find=inside)
def tell_all(challenge: Challenge, fact_id: int) -> ResponseReturnValue:
    """Tell every supported firm what one was told."""
    fact = _fact(challenge, fact_id)
    form = TellAllForm(prefix=f"fact{fact.id}")
    if not form.validate_on_submit():
        return _plans_page(challenge, (fact.id, form)), 422
    services.tell_all(db_session(), current_actor(), challenge, fact, form.version.number, form.public_text.data or "")
    flash("Every supported firm is being told.", "success")
    return redirect(url_for("support.plans", reference=challenge.reference, _anchor="told"))


@blueprint.post("/challenges/<reference>/support/told")
@access(Permission.CHALLENGE_LEAD, find=inside)
def publish_fact(challenge: Challenge) -> ResponseReturnValue:
    """Tell every supported firm something at once."""
    form = FactForm(prefix="fact")
    if not form.validate_on_submit():
        return _plans_page(challenge, fact_form=form), 422
    services.publish_fact(db_session(), current_actor(), challenge, form.text.data or "")
    flash("Every supported firm is being told.", "success")
    return redirect(url_for("support.plans", reference=challenge.reference, _anchor="told"))


def _fact(challenge: Challenge, fact_id: int) -> ToldFact:
    fact = queries.fact_inside(db_session(), current_actor(), challenge.reference, fact_id)
    return fact if fact is not None else abort(404)

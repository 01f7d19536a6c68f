"""Benefits promised beside benefits seen, for both sides; deployment, lessons, and where each measure came from."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.partnerships import queries
from portal.partnerships.forms.benefits import DeployedForm, LessonsForm, SeenForm, origins_form
from portal.partnerships.models import Partnership, SeenBenefit
from portal.partnerships.pathway import BENEFIT
from portal.partnerships.services import benefits as services
from portal.partnerships.thread import origins_of, outcomes_promised, promised
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.forms import PortalForm
from portal.web.paging import page_of

_PROCURE, _LEAD = Permission.CHALLENGE_PROCURE, Permission.CHALLENGE_LEAD
_SEE, _FIRM = Permission.CHALLENGE_SEE, Permission.RESPONSE_WRITE


@blueprint.get("/partnerships/<reference>/benefits")
@access(_SEE, _FIRM, find=queries.visible)
def benefits(partnership: Partnership) -> ResponseReturnValue:
    """What was promised and what was seen: for the authority with the business case, for the firm without it."""
    if current_actor().may(_SEE, partnership.scopes()):
        return _page(partnership)
    return _own_page(partnership)


def _own_page(partnership: Partnership) -> ResponseReturnValue:
    session = db_session()
    outcomes = outcomes_promised(session, current_actor(), partnership, for_firm=True)
    page: Page[SeenBenefit] = page_of(session, queries.benefits_seen(partnership, for_firm=True), number=page_number())
    return render_template(
        "partnerships/own_benefits.html",
        partnership=partnership,
        challenge=partnership.challenge,
        inside=False,
        outcomes=outcomes,
        names={each.criterion_id: each.name for each in outcomes},
        page=page,
        reported=queries.benefits_reported(session, partnership),
        states=BENEFIT,
        may_report=partnership.signed_on is not None,
    )


def _page(partnership: Partnership, status: int = 200, **mistaken: PortalForm) -> ResponseReturnValue:
    session, actor, scopes = db_session(), current_actor(), partnership.scopes()
    challenge = partnership.challenge
    origins = origins_of(session, challenge)
    outcomes = outcomes_promised(session, actor, partnership)
    page: Page[SeenBenefit] = page_of(session, queries.benefits_seen(partnership), number=page_number())
    fresh: dict[str, Any] = {
        "seeing": SeenForm(formdata=None).offer(outcomes),
        "deploying": DeployedForm(formdata=None, deployed_on=partnership.deployed_on, where=partnership.deployed_where),
        "learning": LessonsForm(formdata=None, lessons=partnership.lessons),
        "tracing": origins_form(partnership, origins),
    }
    signed = partnership.signed_on is not None
    shown = render_template(
        "partnerships/benefits.html",
        partnership=partnership,
        challenge=challenge,
        inside=True,
        promise=promised(session, challenge),
        so_far=queries.seen_so_far(session, partnership),
        outcomes=outcomes,
        names={each.criterion_id: each.name for each in outcomes},
        page=page,
        reported=queries.benefits_reported(session, partnership),
        states=BENEFIT,
        origins=origins,
        may_write=signed and (actor.may(_PROCURE, scopes) or actor.may(_LEAD, scopes)),
        mistaken=next(iter(mistaken.values()), None),
        **(fresh | mistaken),
    )
    return shown, status


def _back(partnership: Partnership, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("partnerships.benefits", reference=partnership.reference))


@blueprint.post("/partnerships/<reference>/benefits")
@access(_PROCURE, _LEAD, find=queries.of_authority)
def see_benefit(partnership: Partnership) -> ResponseReturnValue:
    """Record a benefit that was seen."""
    form = SeenForm().offer(outcomes_promised(db_session(), current_actor(), partnership))
    if not form.validate_on_submit():
        return _page(partnership, 422, seeing=form)
    services.see_benefit(db_session(), current_actor(), partnership, form.seen)
    return _back(partnership, "Recorded beside what was promised.")


@blueprint.post("/partnerships/<reference>/deployment")
@access(_PROCURE, _LEAD, find=queries.of_authority)
def record_deployment(partnership: Partnership) -> ResponseReturnValue:
    """Record that the finished thing is in use."""
    form = DeployedForm()
    if not form.validate_on_submit():
        return _page(partnership, 422, deploying=form)
    services.record_deployment(db_session(), current_actor(), partnership, form.deployed_on.data, str(form.where.data))
    return _back(partnership, "Recorded as in use.")


@blueprint.post("/partnerships/<reference>/lessons")
@access(_PROCURE, _LEAD, find=queries.of_authority)
def write_lessons(partnership: Partnership) -> ResponseReturnValue:
    """Write down what was learnt."""
    form = LessonsForm()
    if not form.validate_on_submit():
        return _page(partnership, 422, learning=form)
    services.write_lessons(db_session(), current_actor(), partnership, str(form.lessons.data))
    return _back(partnership, "Lessons saved.")


@blueprint.post("/partnerships/<reference>/origins")
@access(_PROCURE, _LEAD, find=queries.of_authority)
def say_origins(partnership: Partnership) -> ResponseReturnValue:
    """Say where each measure came from."""
    form = origins_form(partnership, origins_of(db_session(), partnership.challenge))
    if not form.validate_on_submit():
        return _page(partnership, 422, tracing=form)
    said = {
        target.id: str(form[f"origin_{target.id}"].data or "")
        for phase in partnership.phases
        for target in phase.targets
    }
    services.say_origins(db_session(), current_actor(), partnership, said)
    return _back(partnership, "Saved where each measure came from.")

"""What happened on the way: recorded with evidence, the firm heard, then decided."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.files.kinds import ALLOWED
from portal.partnerships import queries
from portal.partnerships.forms.events import DecideEventForm, EventForm, ViewForm
from portal.partnerships.forms.evidence import EvidenceFileForm
from portal.partnerships.models import Partnership, PartnershipEvent
from portal.partnerships.pathway import HAPPENING, EventKind
from portal.partnerships.services import events as services
from portal.partnerships.services import evidence
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.forms import PortalForm, keep_typed
from portal.web.paging import page_of
from portal.workflow import effective_state, outlook

_PROCURE, _LEAD = Permission.CHALLENGE_PROCURE, Permission.CHALLENGE_LEAD
_FIRM, _SEE = Permission.RESPONSE_WRITE, Permission.CHALLENGE_SEE


@blueprint.get("/partnerships/<reference>/events")
@access(_SEE, _FIRM, find=queries.visible)
def events(partnership: Partnership) -> ResponseReturnValue:
    """Everything that happened under one contract."""
    actor, session, scopes = current_actor(), db_session(), partnership.scopes()
    page: Page[PartnershipEvent] = page_of(session, queries.events_of(partnership), number=page_number())
    return render_template(
        "partnerships/events.html",
        partnership=partnership,
        challenge=partnership.challenge,
        inside=actor.may(_SEE, scopes),
        page=page,
        stands=lambda event: HAPPENING[effective_state(session, event)],
        may_record=partnership.state in services.RUNNING and (actor.may(_PROCURE, scopes) or actor.may(_LEAD, scopes)),
        may_resume=partnership.state == "suspended" and actor.may(_PROCURE, scopes),
    )


@blueprint.route("/partnerships/<reference>/events/new", methods=["GET", "POST"])
@access(_PROCURE, _LEAD, find=queries.of_authority)
def new_event(partnership: Partnership) -> ResponseReturnValue:
    """Record what happened; the firm is asked what it thinks."""
    form = EventForm()
    if not form.validate_on_submit():
        page = render_template(
            "partnerships/new_event.html",
            partnership=partnership,
            challenge=partnership.challenge,
            inside=True,
            form=form,
            kinds={each.value: each.meaning for each in EventKind},
        )
        return page, 422 if form.is_submitted() else 200
    made = services.record_event(db_session(), current_actor(), partnership, form.happening)
    flash("Recorded. The firm is asked what it thinks.", "success")
    return redirect(url_for("partnerships.event", reference=made.reference))


@blueprint.post("/partnerships/<reference>/resume")
@access(_PROCURE, find=queries.of_authority)
def resume(partnership: Partnership) -> ResponseReturnValue:
    """Let suspended work go on."""
    services.resume(db_session(), current_actor(), partnership)
    flash("The work goes on. The firm is told.", "success")
    return redirect(url_for("partnerships.show", reference=partnership.reference))


@blueprint.get("/partnership-events/<reference>")
@access(_SEE, _FIRM, find=queries.happening)
def event(event: PartnershipEvent) -> ResponseReturnValue:
    """One event: what is held to have happened, what the firm says, and what was decided."""
    return event_page(event)


def event_page(event: PartnershipEvent, status: int = 200, **mistaken: PortalForm) -> ResponseReturnValue:
    """The page of one event, with the form that was filled in wrongly, if any."""
    session, actor, contract = db_session(), current_actor(), event.partnership
    by_firm = evidence.is_firms(actor, contract)
    state, scopes = HAPPENING[effective_state(session, event)], event.scopes()
    moves = {each.move.name for each in outlook(session, actor, event) if each.allowed}
    keep_typed(mistaken.get("viewing"), offered="answer" in moves and state.name == "hearing")
    keep_typed(mistaken.get("deciding"), offered="go_on" in moves and state.name == "heard")
    page = render_template(
        "partnerships/event.html",
        event=event,
        partnership=contract,
        challenge=contract.challenge,
        inside=actor.may(_SEE, scopes),
        state=state,
        files=queries.evidence_of(session, event),
        by_firm=by_firm,
        may_attach=any(actor.may(each, scopes) for each in (_PROCURE, _LEAD, _FIRM))
        and not evidence.why_closed(event, by_firm=by_firm, state=state.name),
        allowed=ALLOWED,
        most=evidence.MOST_FILES,
        attaching=mistaken.get("attaching", EvidenceFileForm(formdata=None)),
        moves=moves,
        viewing=mistaken.get("viewing", ViewForm(formdata=None)),
        deciding=mistaken.get("deciding", DecideEventForm(formdata=None)),
        mistaken=next(iter(mistaken.values()), None),
    )
    return page, status


@blueprint.post("/partnership-events/<reference>/answer")
@access(_FIRM, find=queries.own_happening)
def event_answer(event: PartnershipEvent) -> ResponseReturnValue:
    """The firm says what it thinks."""
    form = ViewForm()
    if not form.validate_on_submit():
        return event_page(event, 422, viewing=form)
    services.answer_event(db_session(), current_actor(), event, str(form.view.data))
    flash("Sent. The authority reads it before it decides.", "success")
    return redirect(url_for("partnerships.event", reference=event.reference))


@blueprint.post("/partnership-events/<reference>/decide")
@access(_PROCURE, find=queries.happening_inside)
def event_decide(event: PartnershipEvent) -> ResponseReturnValue:
    """Go on, or suspend the work."""
    form = DecideEventForm()
    if not form.validate_on_submit():
        return event_page(event, 422, deciding=form)
    suspend = form.decision.data == "suspend"
    services.decide_event(db_session(), current_actor(), event, suspend=suspend, reason=str(form.reason.data))
    flash("The work is suspended. The firm is told." if suspend else "The work goes on. The firm is told.", "success")
    return redirect(url_for("partnerships.event", reference=event.reference))

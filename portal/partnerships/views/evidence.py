"""Files as evidence: attached by either side, fetched as attachments only, taken out by the side they came from."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.files.arrived import NotTaken
from portal.files.kinds import ALLOWED
from portal.machine import NotNow
from portal.partnerships import queries
from portal.partnerships.forms.evidence import EvidenceFileForm, TargetFileForm
from portal.partnerships.models import EvidenceFile, PartnershipEvent, Phase
from portal.partnerships.services import evidence as services
from portal.partnerships.views.blueprint import blueprint
from portal.partnerships.views.events import event_page
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.uploads import as_attachment, take_in

_PROCURE, _LEAD = Permission.CHALLENGE_PROCURE, Permission.CHALLENGE_LEAD
_FIRM, _SEE = Permission.RESPONSE_WRITE, Permission.CHALLENGE_SEE
_CHOOSE = "Choose a file to attach."


@blueprint.get("/partnerships/<reference>/phases/<int:number>/files")
@access(_SEE, _FIRM, find=queries.phase_visible)
def phase_files(phase: Phase) -> ResponseReturnValue:
    """What shows whether the targets of a phase are reached, from both sides."""
    return _page(phase, TargetFileForm(phase, formdata=None))


@blueprint.post("/partnerships/<reference>/phases/<int:number>/files")
@access(_PROCURE, _LEAD, _FIRM, find=queries.phase_visible)
def attach_phase_file(phase: Phase) -> ResponseReturnValue:
    """Attach a file to one of the targets."""
    form = TargetFileForm(phase)
    if not form.validate_on_submit():
        return _page(phase, form), 422
    try:
        arrived = take_in(request.files.get("file"), otherwise=_CHOOSE)
        services.attach_to_target(db_session(), current_actor(), phase, form.target.data, arrived)
    except (NotTaken, NotNow) as refused:
        form.file.errors = [str(refused)]
        return _page(phase, form), 422
    flash("File attached.", "success")
    return redirect(url_for("partnerships.phase_files", reference=phase.partnership.reference, number=phase.number))


@blueprint.post("/partnership-events/<reference>/files")
@access(_PROCURE, _LEAD, _FIRM, find=queries.happening)
def attach_event_file(event: PartnershipEvent) -> ResponseReturnValue:
    """Attach a file to what happened, or to what the firm says of it."""
    form = EvidenceFileForm()
    if not form.validate_on_submit():
        return event_page(event, 422, attaching=form)
    try:
        arrived = take_in(request.files.get("file"), otherwise=_CHOOSE)
        services.attach_to_event(db_session(), current_actor(), event, arrived)
    except (NotTaken, NotNow) as refused:
        form.file.errors = [str(refused)]
        return event_page(event, 422, attaching=form)
    flash("File attached.", "success")
    return redirect(url_for("partnerships.event", reference=event.reference))


@blueprint.get("/partnerships/<reference>/files/<file_reference>")
@access(_SEE, _FIRM, find=queries.evidence_visible)
def evidence(evidence: EvidenceFile) -> ResponseReturnValue:
    """One file."""
    return as_attachment(evidence.file)


@blueprint.post("/partnerships/<reference>/files/<file_reference>/take-out")
@access(_PROCURE, _LEAD, _FIRM, find=queries.evidence_visible)
def take_out_evidence(evidence: EvidenceFile) -> ResponseReturnValue:
    """Take a file out, as the side that attached it."""
    services.take_out(db_session(), current_actor(), evidence)
    flash("File taken out.", "success")
    if evidence.event:
        return redirect(url_for("partnerships.event", reference=evidence.event.reference))
    assert evidence.phase is not None  # the table's CHECK
    number = evidence.phase.number
    return redirect(url_for("partnerships.phase_files", reference=evidence.partnership.reference, number=number))


def _page(phase: Phase, form: TargetFileForm) -> str:
    session, actor, contract = db_session(), current_actor(), phase.partnership
    by_firm = services.is_firms(actor, contract)
    may_attach = any(actor.may(each, phase.scopes()) for each in (_PROCURE, _LEAD, _FIRM))
    return render_template(
        "partnerships/phase_files.html",
        phase=phase,
        partnership=contract,
        challenge=contract.challenge,
        inside=actor.may(_SEE, phase.scopes()),
        files=queries.evidence_of(session, phase),
        form=form,
        allowed=ALLOWED,
        most=services.MOST_FILES,
        by_firm=by_firm,
        may_attach=may_attach and not services.why_closed(phase, by_firm=by_firm),
    )

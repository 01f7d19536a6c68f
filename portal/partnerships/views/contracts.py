"""Preparing contracts: which chosen firm has one, its terms, and its phases."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.challenges.models import Challenge, Deal
from portal.challenges.queries import inside
from portal.law.releases import purchase_option_allowed
from portal.partnerships import queries, services
from portal.partnerships.forms import ContractForm, PhaseForm
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.pathway import PARTNERSHIP
from portal.partnerships.requirements import phases_missing, terms_missing
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session

_PROCURE = Permission.CHALLENGE_PROCURE


@blueprint.get("/challenges/<reference>/partnership")
@access(Permission.CHALLENGE_SEE, find=inside)
def award(challenge: Challenge) -> ResponseReturnValue:
    """Each chosen firm and how far its contract is; after activation, each partner and how its work goes."""
    contracts = queries.contracts_of(db_session(), challenge)
    firms = queries.chosen(db_session(), challenge)
    of_response = {each.response_id: each for each in contracts}
    return render_template(
        "partnerships/award.html",
        challenge=challenge,
        firms=[(each, of_response.get(each.id)) for each in firms],
        others=[each for each in contracts if each.response_id not in {firm.id for firm in firms}],
        machine=PARTNERSHIP,
        phases_missing=phases_missing,
        terms_missing=terms_missing,
        may_write=challenge.state == "award" and current_actor().may(_PROCURE, challenge.scopes()),
    )


@blueprint.route("/challenges/<reference>/partnership/<response>", methods=["GET", "POST"])
@access(_PROCURE, find=inside)
def contract(challenge: Challenge, response: str) -> ResponseReturnValue:
    """Write or change the contract with one chosen firm."""
    session = db_session()
    firm = queries.chosen_one(session, challenge, response)
    if firm is None:
        abort(404)
    known = queries.contract_for(session, firm)
    form = ContractForm.of(known, _deal_on_property(challenge))
    allowed = _option_allowed(challenge)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        page = render_template(
            "partnerships/contract.html", challenge=challenge, firm=firm, form=form, contract=known, allowed=allowed
        )
        return page, status
    version = form.version.number if known else None
    written = services.prepare(session, current_actor(), challenge, firm, form.terms, version)
    flash("Contract saved. Plan its phases next." if not written.phases else "Contract saved.", "success")
    return redirect(url_for("partnerships.phases", reference=written.reference))


def _deal_on_property(challenge: Challenge) -> str:
    said = select(Deal.intellectual_property).where(Deal.challenge_id == challenge.id)
    return db_session().scalar(said) or ""


def _option_allowed(challenge: Challenge) -> bool:
    return challenge.release_kind is not None and purchase_option_allowed(
        challenge.release_kind, challenge.purchase_announced
    )


@blueprint.route("/partnerships/<reference>/phases", methods=["GET", "POST"])
@access(_PROCURE, find=queries.of_authority)
def phases(contract: Partnership) -> ResponseReturnValue:
    """The phases of a contract before activation, and another one to add."""
    form = PhaseForm.of(None)
    if not form.validate_on_submit():
        return _phase_page(contract, form, None)
    services.add_phase(db_session(), current_actor(), contract, form.plan)
    flash("Phase added.", "success")
    return redirect(url_for("partnerships.phases", reference=contract.reference))


@blueprint.route("/partnerships/<reference>/phases/<int:number>", methods=["GET", "POST"])
@access(_PROCURE, find=queries.phase_of)
def phase(phase: Phase) -> ResponseReturnValue:
    """Change one phase before activation."""
    form = PhaseForm.of(phase)
    if not form.is_submitted() and not _being_planned(phase.partnership):
        return redirect(url_for("partnerships.phases", reference=phase.partnership.reference))
    if not form.validate_on_submit():
        return _phase_page(phase.partnership, form, phase)
    services.change_phase(db_session(), current_actor(), phase, form.plan, form.version.number)
    flash("Phase changed.", "success")
    return redirect(url_for("partnerships.phases", reference=phase.partnership.reference))


@blueprint.post("/partnerships/<reference>/phases/<int:number>/remove")
@access(_PROCURE, find=queries.phase_of)
def remove_phase(phase: Phase) -> ResponseReturnValue:
    """Take a phase out before activation."""
    reference = phase.partnership.reference
    services.remove_phase(db_session(), current_actor(), phase)
    flash("Phase taken out.", "success")
    return redirect(url_for("partnerships.phases", reference=reference))


def _being_planned(contract: Partnership) -> bool:
    """Whether its phases may still be written: once it is signed, only a change of the contract alters them."""
    return contract.challenge.state == "award" and contract.state == "prepared"


def _phase_page(contract: Partnership, form: PhaseForm, phase: Phase | None) -> ResponseReturnValue:
    page = render_template(
        "partnerships/phases.html",
        challenge=contract.challenge,
        contract=contract,
        form=form,
        phase=phase,
        missing=phases_missing(contract),
        may_plan=_being_planned(contract),
        firm=contract.organisation,
    )
    return page, 422 if form.is_submitted() else 200

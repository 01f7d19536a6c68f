"""Changes of contract: proposed, decided, in force, and what differs."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import Person
from portal.law.calendar import london_date, standstill
from portal.law.modifications import ModificationGround
from portal.machine import MoveRefused
from portal.partnerships import queries
from portal.partnerships.forms.changes import DecideChangeForm, change_form, changeable
from portal.partnerships.models import ContractChange, Partnership
from portal.partnerships.pathway import CHANGE
from portal.partnerships.services import changes as services
from portal.partnerships.services.changes import CHANGEABLE
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.paging import page_of
from portal.workflow import outlook

_PROCURE, _LEAD = Permission.CHALLENGE_PROCURE, Permission.CHALLENGE_LEAD
_FIRM, _SEE = Permission.RESPONSE_WRITE, Permission.CHALLENGE_SEE


@blueprint.get("/partnerships/<reference>/changes")
@access(_SEE, _FIRM, find=queries.visible)
def changes(partnership: Partnership) -> ResponseReturnValue:
    """The history of one contract's changes."""
    actor, scopes = current_actor(), partnership.scopes()
    inside = actor.may(_SEE, scopes)
    page: Page[ContractChange] = page_of(
        db_session(), queries.changes_of(partnership, inside=inside), number=page_number()
    )
    return render_template(
        "partnerships/changes.html",
        partnership=partnership,
        challenge=partnership.challenge,
        inside=inside,
        page=page,
        machine=CHANGE,
        may_propose=partnership.state in CHANGEABLE and (actor.may(_PROCURE, scopes) or actor.may(_LEAD, scopes)),
    )


@blueprint.route("/partnerships/<reference>/changes/new", methods=["GET", "POST"])
@access(_PROCURE, _LEAD, find=queries.of_authority)
def new_change(partnership: Partnership) -> ResponseReturnValue:
    """Propose a change."""
    form = change_form(partnership)
    if not form.validate_on_submit():
        page = render_template(
            "partnerships/new_change.html",
            partnership=partnership,
            challenge=partnership.challenge,
            inside=True,
            form=form,
            phases=changeable(partnership),
            grounds={each.value: each.meaning for each in ModificationGround},
        )
        return page, 422 if form.is_submitted() else 200
    made = services.propose(db_session(), current_actor(), partnership, form.plan(partnership))
    flash("Proposed. Another officer must decide on it.", "success")
    return redirect(url_for("partnerships.change", reference=made.reference))


@blueprint.get("/changes/<reference>")
@access(_SEE, _FIRM, find=queries.change_visible)
def change(change: ContractChange) -> ResponseReturnValue:
    """One change: what differs, what the law makes of it, and what comes next."""
    return _page(change, DecideChangeForm(version=change.version))


def _page(change: ContractChange, form: DecideChangeForm, status: int = 200) -> ResponseReturnValue:
    session, contract = db_session(), change.partnership
    published = change.notice_published_at
    page = render_template(
        "partnerships/change.html",
        change=change,
        partnership=contract,
        challenge=contract.challenge,
        inside=current_actor().may(_SEE, change.scopes()),
        state=CHANGE[change.state],
        moves={each.move.name: each for each in outlook(session, current_actor(), change)},
        proposer=session.get(Person, change.proposed_by_id) if change.proposed_by_id else None,
        decider=session.get(Person, change.decided_by_id) if change.decided_by_id else None,
        waiting=standstill(london_date(published)) if change.waits and published else None,
        targets_added=[(each.text, each.measure) for each in change.added.targets] if change.added else [],
        form=form,
    )
    return page, status


def _back(change: ContractChange, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("partnerships.change", reference=change.reference))


@blueprint.post("/changes/<reference>/decide")
@access(_PROCURE, find=queries.change_inside)
def change_decide(change: ContractChange) -> ResponseReturnValue:
    """Agree to a change or not."""
    form = DecideChangeForm()
    if not form.validate_on_submit():
        return _page(change, form, 422)
    agreed = form.decision.data == "agree"
    services.decide(
        db_session(),
        current_actor(),
        change,
        agreed=agreed,
        reason=str(form.reason.data),
        version=form.version.number,
    )
    return _back(change, "Agreed. It takes effect in a step of its own." if agreed else "Recorded: not agreed.")


@blueprint.post("/changes/<reference>/withdraw")
@access(_PROCURE, find=queries.change_inside)
def change_withdraw(change: ContractChange) -> ResponseReturnValue:
    """Withdraw a change."""
    services.withdraw(db_session(), current_actor(), change)
    return _back(change, "Withdrawn. Nothing changes.")


@blueprint.post("/changes/<reference>/take-effect")
@access(_PROCURE, find=queries.change_inside)
def change_take_effect(change: ContractChange) -> ResponseReturnValue:
    """Let a change take effect; a refusal is said on the change's page, whose links know the challenge."""
    try:
        services.take_effect(db_session(), current_actor(), change)
    except MoveRefused:
        return _page(change, DecideChangeForm(formdata=None, version=change.version), 409)
    return _back(change, "In force. The new figures count from now on.")

"""Claims against an award."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.notices import services
from portal.notices.forms import ClaimForm, CloseClaimForm
from portal.notices.models import Claim, ClaimOutcome
from portal.notices.queries import claims
from portal.notices.views.blueprint import blueprint
from portal.policy import Actor, Permission, Scope
from portal.web import access, current_actor, db_session


@dataclass(frozen=True, slots=True)
class Claimed:
    """A challenge and a claim against its award."""

    challenge: Challenge
    claim: Claim

    def scopes(self) -> frozenset[Scope]:
        """The challenge's."""
        return self.challenge.scopes()


def claimed(session: Session, actor: Actor, reference: str, number: int) -> Claimed | None:
    """A claim by its id within a challenge, for the people inside it."""
    challenge = inside(session, actor, reference)
    found = claims(session, challenge) if challenge else ()
    return next((Claimed(challenge, each) for each in found if challenge and each.id == number), None)


@blueprint.route("/challenges/<reference>/award/claims", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=inside)
def record_claim(challenge: Challenge) -> ResponseReturnValue:
    """Record that legal proceedings have begun."""
    form = ClaimForm()
    if not form.validate_on_submit():
        page = render_template("notices/claim.html", challenge=challenge, form=form, claim=None)
        return page, 422 if form.is_submitted() else 200
    who, when = str(form.by_whom.data), form.received_at.data
    services.record_claim(db_session(), current_actor(), challenge, when, who)
    flash("The claim is recorded. Nothing can be signed while it is open.", "success")
    return redirect(url_for("notices.award", reference=challenge.reference))


@blueprint.route("/challenges/<reference>/award/claims/<int:number>", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=claimed)
def close_claim(found: Claimed) -> ResponseReturnValue:
    """Record how a claim ended."""
    form = CloseClaimForm()
    if not form.validate_on_submit():
        page = render_template("notices/claim.html", challenge=found.challenge, form=form, claim=found.claim)
        return page, 422 if form.is_submitted() else 200
    outcome = ClaimOutcome(form.outcome.data)
    services.close_claim(db_session(), current_actor(), found.challenge, found.claim, outcome)
    flash("The claim is closed.", "success")
    return redirect(url_for("notices.award", reference=found.challenge.reference))

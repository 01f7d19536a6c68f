"""The reservation wizard, on one page: what is open, what is chosen, the words for the advert and the note."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.services.editing import WRITTEN
from portal.law.dates import Basis
from portal.law.reservations import RULES
from portal.network.reserving import queries, services
from portal.network.reserving.forms import ReserveForm, began_from
from portal.policy import Permission
from portal.web import access, current_actor, db_session

blueprint = Blueprint("reserving", __name__)


@blueprint.get("/challenges/<reference>/reservation")
@access(Permission.CHALLENGE_PROCURE, find=queries.reservable)
def page(challenge: Challenge) -> ResponseReturnValue:
    """What may be reserved, and what is."""
    return _page(challenge)


@blueprint.post("/challenges/<reference>/reservation")
@access(Permission.CHALLENGE_PROCURE, find=queries.reservable)
def decide(challenge: Challenge) -> ResponseReturnValue:
    """Reserve it; the brief says so."""
    form = ReserveForm.offering(queries.choice_for(db_session(), challenge))
    if not form.validate_on_submit():
        return _page(challenge, form), 422
    services.decide(db_session(), current_actor(), challenge, form.decision, form.version.number)
    flash("Reserved. The brief says so, and the note for the file is below.", "success")
    return redirect(url_for("reserving.page", reference=challenge.reference))


@blueprint.post("/challenges/<reference>/reservation/take-back")
@access(Permission.CHALLENGE_PROCURE, find=queries.reservable)
def take_back(challenge: Challenge) -> ResponseReturnValue:
    """Open it to everybody again."""
    services.take_back(db_session(), current_actor(), challenge)
    flash("Nothing is reserved any more. Everybody may answer.", "success")
    return redirect(url_for("brief.tasks", reference=challenge.reference))


def _page(challenge: Challenge, form: ReserveForm | None = None) -> str:
    row = queries.reservation_of(db_session(), challenge)
    choice = queries.choice_for(db_session(), challenge)
    return render_template(
        "network/reserving/page.html",
        challenge=challenge,
        reservation=row,
        choice=choice,
        unsure=choice.rule is not None and choice.rule.basis is Basis.CHECK,
        rules=RULES,
        may_decide=challenge.state in WRITTEN,
        form=form or ReserveForm.offering(choice, formdata=None, **began_from(row)),
    )

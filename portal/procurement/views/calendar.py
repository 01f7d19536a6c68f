"""The calendar of one challenge, and recording what only an officer can know of."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.dates import PERIODS, Basis
from portal.law.reckoning import day_in_full
from portal.law.thresholds import AMOUNTS
from portal.policy import Actor, Permission, Scope
from portal.procurement import services
from portal.procurement.calendar import entries_of
from portal.procurement.entries import Entry, standings
from portal.procurement.forms import DoneForm
from portal.procurement.keeping import REMIND_WORKING_DAYS_BEFORE
from portal.procurement.views.blueprint import blueprint
from portal.web import access, current_actor, db_session

_PROCURE = Permission.CHALLENGE_PROCURE


@dataclass(frozen=True, slots=True)
class Dated:
    """A challenge and one of its dates."""

    challenge: Challenge
    entry: Entry

    def scopes(self) -> frozenset[Scope]:
        """The challenge's."""
        return self.challenge.scopes()


def dated(session: Session, actor: Actor, reference: str, key: str, number: int) -> Dated | None:
    """One of a challenge's dates that is recorded by hand, for the people inside it."""
    challenge = inside(session, actor, reference)
    entry = services.recordable(session, challenge, key, number) if challenge else None
    return Dated(challenge, entry) if challenge and entry else None


@blueprint.get("/challenges/<reference>/dates")
@access(Permission.CHALLENGE_SEE, find=inside)
def dates(challenge: Challenge) -> ResponseReturnValue:
    """Every date that law, brief and contracts set, with its rule, its arithmetic and how it stands."""
    today = london_date(clock.now())
    return render_template(
        "procurement/dates.html",
        challenge=challenge,
        entries=standings(entries_of(db_session(), challenge), today),
        today=today,
        day_in_full=day_in_full,
        before=REMIND_WORKING_DAYS_BEFORE,
        Basis=Basis,
        sources=(PERIODS[0].source, AMOUNTS[0].source),
        may_write=current_actor().may(_PROCURE, challenge.scopes()),
    )


@blueprint.route("/challenges/<reference>/dates/<key>/<int:number>", methods=["GET", "POST"])
@access(_PROCURE, find=dated)
def done(found: Dated) -> ResponseReturnValue:
    """Record the day on which something was done that leaves no trace in the portal."""
    form = DoneForm()
    if not form.validate_on_submit():
        page = render_template(
            "procurement/done.html", challenge=found.challenge, entry=found.entry, form=form, day_in_full=day_in_full
        )
        return page, 422 if form.is_submitted() else 200
    services.record_done(db_session(), current_actor(), found.challenge, found.entry, form.done_on.data)
    flash("Recorded.", "success")
    return redirect(url_for("procurement.dates", reference=found.challenge.reference))

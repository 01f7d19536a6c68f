"""What forms ask of firms: of one challenge, and of an authority over time, with its table as a file."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges import brief_view, proportion
from portal.challenges.asking import STANDARD_QUESTIONS
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.proportion import sentences
from portal.network.options import NetworkOption, when_on
from portal.network.queries import authority_seen
from portal.network.simpler import queries, services
from portal.network.simpler.forms import UsualFormForm
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.documents import csv_answer

blueprint = Blueprint("simpler", __name__)
_CHALLENGE = when_on(NetworkOption.SIMPLER_PROCESS, inside, body=lambda challenge: int(challenge.lead_id))
_BODY = when_on(NetworkOption.SIMPLER_PROCESS, authority_seen)
_COLUMNS = ("challenge", "title", "released", "questions", "questions_with_a_reason", "minutes", "minutes_before")


@blueprint.get("/challenges/<reference>/simpler")
@access(Permission.CHALLENGE_SEE, find=_CHALLENGE)
def of_challenge(challenge: Challenge) -> ResponseReturnValue:
    """What this form may ask, what it asks beyond the standard and why, and its minutes before and after."""
    session = db_session()
    released = challenge.released_at or clock.now()
    usual = queries.usual_on(queries.usual_forms(session, challenge.lead_id), london_date(released))
    below = proportion.below_threshold(session, challenge)
    return render_template(
        "network/simpler/of_challenge.html",
        challenge=challenge,
        brief=brief_view.live(session, challenge),
        usual=usual,
        below=below,
        barred=sentences(below_threshold=below),
        standard=STANDARD_QUESTIONS,
    )


@blueprint.get("/organisations/<reference>/simpler")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=_BODY)
def of_body(organisation: Organisation) -> ResponseReturnValue:
    """The authority's forms over time."""
    return _page(organisation)


@blueprint.get("/organisations/<reference>/simpler.csv")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=_BODY)
def download(organisation: Organisation) -> ResponseReturnValue:
    """The same as a table."""
    forms = queries.usual_forms(db_session(), organisation.id)
    asked = queries.asked_of_firms(db_session(), organisation, forms)
    rows = ((a.reference, a.title, a.released, a.questions, a.added, a.minutes, a.before) for a in asked)
    return csv_answer("forms", _COLUMNS, rows)


@blueprint.post("/organisations/<reference>/simpler")
@access(Permission.CHALLENGE_PROCURE, find=_BODY)
def record(organisation: Organisation) -> ResponseReturnValue:
    """Write down what the usual form asks."""
    form = UsualFormForm()
    if not form.validate_on_submit():
        return _page(organisation, form), 422
    services.record_usual_form(db_session(), current_actor(), organisation, **form.cleaned)
    flash("Kept. Challenges are compared with it from now on.", "success")
    return redirect(url_for("simpler.of_body", reference=organisation.reference))


def _page(organisation: Organisation, form: UsualFormForm | None = None) -> str:
    forms = queries.usual_forms(db_session(), organisation.id)
    asked = queries.asked_of_firms(db_session(), organisation, forms)
    return render_template(
        "network/simpler/of_body.html",
        organisation=organisation,
        usual=forms,
        asked=asked,
        years=queries.by_year(asked),
        may_record=current_actor().may(Permission.CHALLENGE_PROCURE, organisation.scopes()),
        form=form or UsualFormForm(formdata=None),
    )

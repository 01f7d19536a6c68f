"""The pages of options: an authority's eight, trying and judging one, and the whole network's."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.network.options import queries, services
from portal.network.options.forms import BeginForm, JudgeForm
from portal.network.options.models import NetworkOption, OptionTrial
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import access, current_actor, db_session

blueprint = Blueprint("options", __name__)


@blueprint.get("/organisations/<reference>/options")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=authority_seen)
def page(organisation: Organisation) -> ResponseReturnValue:
    """The eight options, which of them are on, and what was tried before."""
    trials = queries.trials_of(db_session(), organisation.id)
    return render_template(
        "network/options/page.html",
        organisation=organisation,
        options=NetworkOption,
        running={trial.option: trial for trial in trials if trial.is_on},
        ended=[trial for trial in trials if not trial.is_on],
        may_switch=current_actor().may(Permission.AUTHORITY_MANAGE, organisation.scopes()),
    )


@blueprint.get("/organisations/<reference>/options/<option>")
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def one(organisation: Organisation, option: str) -> ResponseReturnValue:
    """Begin a trial, or judge the one that runs."""
    return _page(organisation, _named(option))


@blueprint.post("/organisations/<reference>/options/<option>/on")
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def switch_on(organisation: Organisation, option: str) -> ResponseReturnValue:
    """Try it from now on."""
    which, form = _named(option), BeginForm()
    if not form.validate_on_submit():
        return _page(organisation, which, begin=form), 422
    aim, measure = form.aim.data or "", form.measure.data or ""
    services.switch_on(db_session(), current_actor(), organisation, which, aim=aim, measure=measure)
    flash(f"{which.title} is on.", "success")
    return redirect(url_for("options.page", reference=organisation.reference))


@blueprint.post("/organisations/<reference>/options/<option>/judge")
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def judge(organisation: Organisation, option: str) -> ResponseReturnValue:
    """Keep it or stop it."""
    which, form = _named(option), JudgeForm()
    if not form.validate_on_submit():
        return _page(organisation, which, judging=form), 422
    found = {"result": form.result.data or "", "verdict": form.verdict.data}
    trial = services.judge(db_session(), current_actor(), organisation, which, form.version.number, **found)
    flash(f"{which.title} is {'kept' if trial.is_on else 'off'}.", "success")
    return redirect(url_for("options.page", reference=organisation.reference))


@blueprint.get("/network/options")
@access(Permission.NETWORK_SEE)
def network() -> ResponseReturnValue:
    """Who has which option on."""
    found = queries.by_authority(db_session())
    return render_template("network/options/network.html", bodies=found, options=NetworkOption)


def _named(text: str) -> NetworkOption:
    found = next((option for option in NetworkOption if option.value == text), None)
    if found is None:
        abort(404)
    return found


def _page(
    organisation: Organisation,
    option: NetworkOption,
    *,
    begin: BeginForm | None = None,
    judging: JudgeForm | None = None,
) -> str:
    trial = queries.trial_running(db_session(), organisation.id, option)
    return render_template(
        "network/options/one.html",
        organisation=organisation,
        option=option,
        trial=trial,
        begin=begin or BeginForm(formdata=None),
        judging=judging or _as_judged(trial),
        form=begin or judging,
    )


def _as_judged(trial: OptionTrial | None) -> JudgeForm:
    form = JudgeForm(formdata=None, obj=trial)
    form.verdict.data = trial.verdict.value if trial and trial.verdict else None
    return form

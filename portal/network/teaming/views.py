"""The pages on which firms find each other, behind the option's door."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.machine import NotNow
from portal.network.options import NetworkOption, when_on
from portal.network.teaming import queries, services
from portal.network.teaming.forms import InviteForm, WordForm
from portal.network.teaming.models import TeamingWord
from portal.network.teaming.queries import Other, Teaming
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.responses.services import Closed
from portal.web import access, current_actor, db_session

blueprint = Blueprint("teaming", __name__)
_OPTION = NetworkOption.SHARED_NEED
_ROUND = when_on(_OPTION, queries.teaming_at, body=lambda found: int(found.challenge.lead_id))
_OTHER = when_on(_OPTION, queries.other_at, body=lambda found: int(found.teaming.challenge.lead_id))


@blueprint.get("/challenges/<reference>/teaming")
@access(Permission.RESPONSE_WRITE, find=_ROUND)
def page(teaming: Teaming) -> ResponseReturnValue:
    """Say that one would join; having said so, see who else would."""
    return _page(teaming)


@blueprint.post("/challenges/<reference>/teaming")
@access(Permission.RESPONSE_WRITE, find=_ROUND)
def say(teaming: Teaming) -> ResponseReturnValue:
    """A firm would join."""
    silent = _silent(teaming, queries.words_seen(db_session(), teaming))
    if not silent:
        raise NotNow("You have said so already. Take your word back first to say it in other words.")
    form = WordForm().between(silent)
    if not form.validate_on_submit():
        return _page(teaming, form), 422
    firm = next(each for each in silent if each.reference == form.firm.data)
    services.say(db_session(), current_actor(), teaming, firm, form.brings.data or "")
    flash("Said. Only firms that say so too see it.", "success")
    return _back(teaming)


@blueprint.post("/challenges/<reference>/teaming/withdraw")
@access(Permission.RESPONSE_WRITE, find=_ROUND)
def withdraw(teaming: Teaming) -> ResponseReturnValue:
    """A firm takes its word back."""
    chosen = request.form.get("firm")
    for firm in teaming.firms:
        if firm.reference == chosen:
            services.withdraw(db_session(), current_actor(), teaming, firm)
            flash("Taken back. Other firms do not see you here any more.", "success")
    return _back(teaming)


@blueprint.get("/challenges/<reference>/teaming/<firm>")
@access(Permission.RESPONSE_WRITE, find=_OTHER)
def other(found: Other) -> ResponseReturnValue:
    """One other firm, and the way to invite it, until the deadline."""
    return _other(found) if found.teaming.is_open else _back(found.teaming)


@blueprint.post("/challenges/<reference>/teaming/<firm>")
@access(Permission.RESPONSE_WRITE, find=_OTHER)
def invite(found: Other) -> ResponseReturnValue:
    """Invite it into one's own response."""
    if not found.teaming.is_open:
        return _back(found.teaming)
    session, actor = db_session(), current_actor()
    responses = queries.led_responses(session, actor, found.teaming)
    form = InviteForm().into(responses)
    if not form.validate_on_submit():
        return _other(found, form), 422
    response = next(each for each in responses if each.reference == form.response.data)
    try:
        services.invite(session, actor, found, response, share_percent=form.share.data or 0, part=form.part.data or "")
    except Closed:
        raise
    except NotNow as refused:
        form.share.errors = [str(refused)]
        return _other(found, form), 422
    flash(f"{found.word.organisation.name} is invited by e-mail. It is in once it accepts.", "success")
    return redirect(url_for("responses.partners", reference=response.reference))


def _back(teaming: Teaming) -> ResponseReturnValue:
    return redirect(url_for("teaming.page", reference=teaming.challenge.reference))


def _silent(teaming: Teaming, words: Iterable[TeamingWord]) -> list[Organisation]:
    """One's own firms that have not said anything."""
    said = {each.organisation_id for each in words}
    return [each for each in teaming.firms if each.id not in said]


def _page(teaming: Teaming, form: WordForm | None = None) -> str:
    words = queries.words_seen(db_session(), teaming) if teaming.is_open else ()
    own, others = queries.parted(teaming, words)
    silent = _silent(teaming, own)
    led = queries.led_responses(db_session(), current_actor(), teaming) if others else ()
    return render_template(
        "network/teaming/page.html",
        teaming=teaming,
        challenge=teaming.challenge,
        own=own,
        others=others,
        joined=queries.in_all(led),
        silent=silent,
        form=form or WordForm(formdata=None).between(silent),
    )


def _other(found: Other, form: InviteForm | None = None) -> str:
    responses = queries.led_responses(db_session(), current_actor(), found.teaming)
    return render_template(
        "network/teaming/other.html",
        challenge=found.teaming.challenge,
        word=found.word,
        responses=responses,
        form=form or InviteForm(formdata=None).into(responses),
    )

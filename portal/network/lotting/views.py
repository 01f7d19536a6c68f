"""The lotting adviser's one page: questions, then advice that is kept where the brief asks about lots."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.challenges import parts
from portal.challenges.forms.brief import LotsForm
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.challenges.services.editing import WRITTEN
from portal.network.lotting.advice import Advice, advise
from portal.network.lotting.forms import PartsForm
from portal.network.lotting.queries import firm_sizes
from portal.network.options import NetworkOption, when_on
from portal.policy import Permission
from portal.web import access, db_session

blueprint = Blueprint("lotting", __name__)
_FOUND = when_on(NetworkOption.INNOVATIVE_PROCUREMENT, inside, body=lambda challenge: int(challenge.lead_id))


@blueprint.get("/challenges/<reference>/lots-adviser")
@access(Permission.CHALLENGE_PROCURE, find=_FOUND)
def page(challenge: Challenge) -> ResponseReturnValue:
    """Ask, and advise on what was answered; nothing is kept until the officer saves it in the brief."""
    answered = "parts" in request.args
    form = PartsForm(formdata=request.args if answered else None)
    advice = advise(form.answers) if answered and form.validate() else None
    return render_template(
        "network/lotting/page.html",
        challenge=challenge,
        form=form,
        advice=advice,
        keeping=_kept(challenge, advice) if advice and challenge.state in WRITTEN else None,
        sizes=firm_sizes(db_session(), challenge.lead_id),
    ), (422 if answered and advice is None else 200)


def _kept(challenge: Challenge, advice: Advice) -> LotsForm:
    """The brief's own form about lots, begun from the advice: what it saves and refuses is the brief's."""
    stands = parts.version_of(parts.read(db_session(), challenge, "lots"))
    return LotsForm(
        formdata=None,
        divided="yes" if advice.divide else "no",
        reason=advice.record,
        lots=[{"title": each, "description": ""} for each in advice.lots],
        version=stands,
    )

"""The fit check, for anybody: the answers are in the address, and are read, judged and forgotten.

A GET form, because a token would set a cookie, and because nothing may be kept: no row, no cookie, no cache of ours,
and no referrer that would carry the answers to the next page.
"""

from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.challenges import fit
from portal.challenges import published as public
from portal.challenges.forms.fitting import fit_form
from portal.challenges.promises import promises
from portal.challenges.published import Published, published
from portal.challenges.views.public import blueprint
from portal.db import clock
from portal.web import PUBLIC, access, db_session
from portal.web.filters import long_date
from portal.web.headers import fresh_until


@blueprint.get("/challenges/<reference>/fit")
@access(PUBLIC, find=published)
def fit_check(found: Published) -> ResponseReturnValue:
    """Ask, or say what the answers come to."""
    brief = public.brief_of(db_session(), found)
    questions = fit.asks(brief, closes=long_date(found.deadline) if found.deadline and found.is_open else "")
    form = fit_form(questions)(formdata=request.args)
    shown: dict[str, Any] = {"found": found, "challenge": found.challenge, "brief": brief, "form": form}
    answered = "brief" in request.args
    stale = answered and request.args["brief"] != str(found.challenge.brief_number)
    if not answered or stale:
        fresh_until(found.deadline if found.deadline and found.deadline > clock.now() else None)
        return _page("asking", shown | {"questions": questions, "stale": stale}, forget=stale)
    if not form.validate():
        return _page("asking", shown | {"questions": questions, "stale": False}, forget=True, status=422)
    reasons = fit.reasons(questions, {ask.key: form[ask.key].data for ask in questions})
    more = {"reasons": reasons, "verdict": fit.verdict_of(reasons)}
    return _page("result", shown | more | {"promises": promises(db_session(), found, brief)}, forget=True)


def _page(name: str, shown: dict[str, Any], *, forget: bool, status: int = 200) -> ResponseReturnValue:
    """A page of the check; one whose address carries answers is kept by nobody and handed to nobody."""
    response = make_response(render_template(f"challenges/fit_{name}.html", **shown), status)
    if forget:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response

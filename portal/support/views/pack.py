"""The public support pack: what supported firms were told, for anybody who wants to tender."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import released
from portal.support import queries
from portal.support.views.base import blueprint
from portal.web import PUBLIC, access, db_session


@blueprint.get("/challenges/<reference>/support-pack")
@access(PUBLIC, find=released)
def pack(challenge: Challenge) -> ResponseReturnValue:
    """Every fact told to all, once a tender follows an engagement; until then the page says when."""
    return render_template("support/pack.html", challenge=challenge, facts=queries.public_pack(db_session(), challenge))

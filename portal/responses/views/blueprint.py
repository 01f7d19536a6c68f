"""The one blueprint of this feature, and what every page of it does when the deadline has passed."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.responses.confidential import passages
from portal.responses.services import Closed
from portal.web.errors import what_was_typed

blueprint = Blueprint("responses", __name__)
blueprint.add_app_template_filter(passages)


@blueprint.errorhandler(Closed)
def closed(error: Closed) -> ResponseReturnValue:
    """Say when it closed and when this came; what was typed is on the page, and the draft stays readable."""
    reference = (request.view_args or {}).get("reference", "")
    draft = reference if request.path.startswith("/responses/") else None
    page = render_template("responses/closed.html", closed=error, draft=draft, submitted=what_was_typed())
    return page, 409

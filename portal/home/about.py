"""What anybody may know about the portal itself: what it keeps about people, and for whom it is accessible."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web import PUBLIC, access

blueprint = Blueprint("about", __name__)


@blueprint.get("/privacy")
@access(PUBLIC)
def privacy() -> ResponseReturnValue:
    """What is kept about a person, who reads it, and what they may ask (UK GDPR articles 13 to 21)."""
    return render_template("home/privacy.html")


@blueprint.get("/accessibility")
@access(PUBLIC)
def accessibility() -> ResponseReturnValue:
    """How accessible the portal is, as far as anybody has looked (SI 2018/952 reg. 8)."""
    return render_template("home/accessibility.html")

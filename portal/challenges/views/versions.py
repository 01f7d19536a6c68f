"""What was published, version by version, for everybody."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from portal.challenges import amending, brief_content, brief_view
from portal.challenges.differences import differences
from portal.challenges.models import BriefVersion, Challenge
from portal.challenges.queries import released
from portal.challenges.views.blueprints import brief
from portal.web import PUBLIC, access, db_session

_MOST_VERSIONS = 1_000_000


@brief.get("/challenges/<reference>/versions")
@access(PUBLIC, find=released)
def versions(challenge: Challenge) -> ResponseReturnValue:
    """Every published version with its reason."""
    found = amending.versions_of(db_session(), challenge)
    return render_template("challenges/versions.html", challenge=challenge, versions=found)


@brief.get("/challenges/<reference>/versions/<int:number>")
@access(PUBLIC, find=released)
def version(challenge: Challenge, number: int) -> ResponseReturnValue:
    """One version whole, and what changed from the one before."""
    shown = _numbered(challenge, number) or abort(404)
    before = _numbered(challenge, number - 1)
    changed = differences(brief_content.read(before), brief_content.read(shown)) if before else []
    view = brief_view.published(shown)
    return render_template(
        "challenges/version.html", challenge=challenge, version=shown, brief=view, before=before, differences=changed
    )


def _numbered(challenge: Challenge, number: int) -> BriefVersion | None:
    if not 0 < number < _MOST_VERSIONS:
        return None
    return amending.version_numbered(db_session(), challenge, number)

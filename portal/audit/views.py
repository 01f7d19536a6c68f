"""The page that says what an audit pack holds, and the pack itself."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, stream_with_context
from flask.typing import ResponseReturnValue

from portal import journal
from portal.audit.archive import Part, archive
from portal.audit.parts import parts_of
from portal.audit.report import report_of
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.db import Database, clock
from portal.documents import NoPdfHere, pdf_from
from portal.policy import Permission
from portal.web import access, current_actor, database, db_session

blueprint = Blueprint("audit", __name__)


@blueprint.get("/challenges/<reference>/audit")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def page(challenge: Challenge) -> ResponseReturnValue:
    """What the pack holds, and the button."""
    return render_template("audit/page.html", challenge=challenge)


@blueprint.post("/challenges/<reference>/audit")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def take(challenge: Challenge) -> ResponseReturnValue:
    """The pack, sent while it is made. That it was taken is in the journal before the first byte leaves."""
    journal.record(
        db_session(), current_actor(), "audit.pack_taken", ("challenge", challenge.id), challenge_id=challenge.id
    )
    answer = Response(stream_with_context(_pack(database(), challenge.id)), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"audit-{challenge.reference}.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pack(kept: Database, challenge_id: int) -> Iterator[bytes]:
    with kept.reading() as session:
        challenge = session.get_one(Challenge, challenge_id)

        def parts() -> Iterator[Part]:
            yield from _report(report_of(session, challenge))
            yield from parts_of(session, challenge)

        about = {"challenge": challenge.reference, "title": challenge.title}
        yield from archive(parts(), made_at=clock.now(), about=about)


def _report(told: dict[str, object]) -> Iterator[Part]:
    """The report to read first: a tagged PDF, or its HTML where this machine makes none."""
    html = render_template("audit/report.html", **told)
    try:
        yield Part("report.pdf", "A report to read first", pdf_from(html))
    except NoPdfHere:
        yield Part("report.html", "A report to read first", html.encode())

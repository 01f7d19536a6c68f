"""Open data for anybody: a page that explains it, packages of releases, records, and one table."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.db import Database
from portal.notices.views.notices import Needed, needed
from portal.open_data import queries, table
from portal.open_data.packages import draft_package, record_package, release_package
from portal.open_data.publisher import LICENCE, publisher
from portal.open_data.publishing import drafted
from portal.policy import Permission
from portal.web import PUBLIC, access, database, db_session

blueprint = Blueprint("open_data", __name__)

PAGE_SIZE = 100
_STRETCH = 500
_LARGEST_KEY = 2**31 - 1


@blueprint.get("/open-data")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    """What is published, where, and how to read it."""
    return render_template("open_data/index.html", publisher=publisher(), licence=LICENCE, columns=table.COLUMNS)


@blueprint.get("/open-data/releases.json")
@access(PUBLIC)
def releases() -> ResponseReturnValue:
    """Everything in the order in which it was published, a page at a time; what was read once never moves."""
    after = min(request.args.get("after", 0, type=int), _LARGEST_KEY)
    found = list(queries.releases_after(db_session(), max(after, 0), most=PAGE_SIZE + 1))
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    path = f"/open-data/releases.json?after={after}" if after > 0 else "/open-data/releases.json"
    links = {"next": f"{publisher().address('/open-data/releases.json')}?after={shown[-1].id}"} if more else None
    return _open(release_package(shown, path=path, links=links))


@blueprint.get("/open-data/releases/<release_id>.json")
@access(PUBLIC)
def release(release_id: str) -> ResponseReturnValue:
    """One release in a package of its own."""
    found = queries.release_called(db_session(), release_id)
    if found is None:
        raise NotFound
    return _open(release_package([found], path=f"/open-data/releases/{release_id}.json"))


@blueprint.get("/challenges/<reference>/notices/<moment>/<int:number>/<kind>/release.json")
@access(Permission.CHALLENGE_SEE, find=needed)
def draft(found: Needed) -> ResponseReturnValue:
    """The release beside a notice's draft, for its authority's people only."""
    release = drafted(db_session(), found.challenge, found.duty.kind)
    answer = jsonify(draft_package(release, path=request.path))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{release['id']}.json")
    return answer


@blueprint.get("/open-data/records/<ocid>.json")
@access(PUBLIC)
def record(ocid: str) -> ResponseReturnValue:
    """Everything that was published of one challenge, and what it comes to."""
    found = queries.releases_of(db_session(), ocid)
    if not found:
        raise NotFound
    return _open(record_package(found, path=f"/open-data/records/{ocid}.json"))


@blueprint.get("/open-data/challenges.csv")
@access(PUBLIC)
def challenges() -> ResponseReturnValue:
    """Every challenge as a row of one table, sent as it is read."""
    answer = Response(stream_with_context(_rows(database())), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="challenges.csv"'
    return _for_everybody(answer)


def _rows(kept: Database) -> Iterator[str]:
    """A stretch of challenges at a time, each in a session of its own, so that no size is too large."""
    after, heading = 0, True
    while True:
        with kept.reading() as session:
            found = queries.latest_after(session, after, most=_STRETCH)
            yield "".join(table.lines(found, heading=heading))
        if len(found) < _STRETCH:
            return
        after, heading = found[-1].challenge_id, False


def _open(package: dict[str, Any]) -> Response:
    return _for_everybody(jsonify(package))


def _for_everybody(answer: Response) -> Response:
    """Pages of other sites may read it, too: there is nothing in it that is not public."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer

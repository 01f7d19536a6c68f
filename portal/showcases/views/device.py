"""What a panel member's phone asks and sends in the background: how things stand, and the scores it kept."""

from collections.abc import Iterator
from typing import Any

from flask import abort, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from portal.db import clock
from portal.showcases import queries, services
from portal.showcases.given import Change
from portal.showcases.models import PanelSeat
from portal.showcases.services.panel import still_open
from portal.showcases.views.base import blueprint
from portal.text import tidy
from portal.web import SIGNED_IN, access, current_actor, db_session
from portal.web.assets import built

_MOST, _LONGEST, _LARGEST = 200, 5_000, 2**31 - 1


@blueprint.get("/showcase/<reference>/score/state")
@access(SIGNED_IN, find=queries.own_seat)
def state(seat: PanelSeat) -> ResponseReturnValue:
    """This panel member's own scores and what is left to do."""
    return jsonify(_state(seat))


@blueprint.post("/showcase/<reference>/score/changes")
@access(SIGNED_IN, find=queries.own_seat)
def take_changes(seat: PanelSeat) -> ResponseReturnValue:
    """Keep the scores a phone sends; answers for each what became of it, and how things stand now."""
    try:
        changes = list(_changes(request.get_json(silent=True)))
    except (KeyError, TypeError, ValueError):
        return jsonify(message="These scores could not be read."), 400
    receipts = services.take_changes(db_session(), current_actor(), seat, changes)
    said = [{"key": each.key, "outcome": each.outcome, "words": each.words} for each in receipts]
    return jsonify(receipts=said, **_state(seat))


@blueprint.get("/showcase/<reference>/score/worker.js")
@access(SIGNED_IN, find=queries.own_seat)
def worker(seat: PanelSeat) -> ResponseReturnValue:
    """The script that lets this one page be loaded again without a signal; its reach ends with this page's address."""
    script = built("panel-worker.js")
    if not script.exists():
        abort(404)
    answer = send_file(script, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = f"/showcase/{seat.event.reference}/score"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _state(seat: PanelSeat) -> dict[str, Any]:
    session = db_session()
    newest = queries.newest_changes(session, seat)
    scores = queries.own_scores(session, seat)
    return {
        "token": generate_csrf(),
        "now": clock.now().isoformat(),
        "locked": seat.locked_at is not None,
        "version": seat.version,
        "missing": still_open(session, seat),
        "marks": [
            {
                "mark": f"{appearance_id}:{criterion_id}",
                "sequence": newest.get((appearance_id, criterion_id), 0),
                "score": score.score,
                "comment": score.comment,
            }
            for appearance_id, given in scores.items()
            for criterion_id, score in given.items()
        ],
    }


def _changes(said: Any) -> Iterator[Change]:
    """What was sent, in its shape; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    sent = said["changes"]
    if not isinstance(sent, list) or len(sent) > _MOST:
        raise ValueError("too many")
    for each in sent:
        numbers = [each[name] for name in ("appearance", "criterion", "sequence", "score")]
        key, comment = each["key"], each["comment"]
        if not all(type(number) is int and 0 <= number <= _LARGEST for number in numbers) or numbers[2] < 1:
            raise ValueError("not a number")
        if not isinstance(key, str) or not 1 <= len(key) <= 36 or not isinstance(comment, str):
            raise ValueError("not a text")
        appearance, criterion, sequence, score = numbers
        yield Change(tidy(key), appearance, criterion, sequence, score, tidy(comment[:_LONGEST]).strip())

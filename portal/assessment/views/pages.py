"""The two sets of an officer's pages: one address for the challenge's own round, one for its tender's."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from portal.assessment.queries import Inside, opened_response
from portal.challenges.models import Criterion, RoundKind
from portal.responses.models import Response
from portal.web import db_session

View = Callable[..., ResponseReturnValue]

blueprint = Blueprint("assessment", __name__)
tender = Blueprint("tender", __name__)
"""Its endpoints are `assessment.tender.…`; pages of either round link to their own with `url_for('.panel')`."""

_ADDRESSES = (
    (blueprint, "/challenges/<reference>/assessment", RoundKind.CHALLENGE),
    (tender, "/challenges/<reference>/tender-assessment", RoundKind.TENDER),
)


def page(path: str, endpoint: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Put a view at `path` below both rounds' addresses; it gets what `inside_round` finds."""

    def put(view: View) -> View:
        for pages, address, kind in _ADDRESSES:
            options: dict[str, Any] = {"methods": list(methods), "defaults": {"kind": kind}}
            pages.add_url_rule(address + path, endpoint, view, **options)
        return view

    return put


def response_or_404(inside: Inside, reference: str) -> Response:
    """An opened and eligible response of the round, or a 404 page."""
    return opened_response(db_session(), inside.round, reference) or abort(404)


def criterion_or_404(inside: Inside, position: int) -> Criterion:
    """The round's criterion at a position, or a 404 page."""
    return next((each for each in inside.round.criteria if each.position == position), None) or abort(404)

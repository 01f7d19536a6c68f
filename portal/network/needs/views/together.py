"""What the network plans, body over body: as a picture, as tables and as a file."""

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.law.calendar import london_date
from portal.law.words import Worded
from portal.network.needs import drawing, overlay, queries
from portal.network.needs.models import PlannedNeed, Risk, Theme
from portal.network.needs.quarters import quarter_of, span_of, words_of
from portal.network.needs.queries import MOST_TOGETHER, Asked
from portal.network.needs.views.blueprint import blueprint, body
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.text import tidy
from portal.web import access, current_actor, db_session
from portal.web.documents import csv_answer

_COLUMNS = (
    *("Body", "What", "Category", "CPV code", "Quarter", "Value including VAT, in pounds", "Risk"),
    *("Can be influenced", "Theme", "Contract ends", "Framework ends"),
)


@blueprint.get("/organisations/<reference>/network-needs")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=body)
def together(organisation: Organisation) -> ResponseReturnValue:
    """The overlay."""
    asked = _asked()
    found = queries.together(db_session(), asked)
    needs = found[:MOST_TOGETHER]
    pipeline = overlay.pipeline_of(needs)
    return render_template(
        "network/needs/together.html",
        organisation=organisation,
        asked=asked,
        risks=Risk,
        themes=Theme,
        needs=needs,
        more=len(found) > MOST_TOGETHER,
        common=overlay.shared_kinds(needs),
        pipeline=pipeline,
        picture=drawing,
        bars=drawing.bars_of(pipeline),
        words_of=words_of,
        span_of=span_of,
        may_propose=current_actor().may(Permission.CHALLENGE_START, organisation.scopes()),
    )


@blueprint.get("/organisations/<reference>/network-needs.csv")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=body)
def together_file(_organisation: Organisation) -> Response:
    """The same needs as a file."""
    return csv_answer("planned-needs", _COLUMNS, map(_row, queries.together(db_session(), _asked())))


def _row(need: PlannedNeed) -> tuple[Any, ...]:
    value = need.with_vat
    return (
        need.organisation.name,
        need.title,
        need.category,
        need.category_code or "",
        need.quarter_words,
        "" if value is None else f"{value // 100}.{value % 100:02}",
        need.risk.title,
        "yes" if need.influenceable else "no",
        need.theme.title,
        need.contract_ends_on or "",
        need.framework_ends_on or "",
    )


def _asked() -> Asked:
    """What the address asks for; what means nothing does not narrow."""
    return Asked(
        since=quarter_of(london_date(clock.now())),
        words=tidy(request.args.get("q", "")).strip()[:100],
        risk=_choice(Risk, "risk"),
        theme=_choice(Theme, "theme"),
        free_only=request.args.get("free") == "yes",
    )


def _choice(kind: Any, name: str) -> Any:
    asked: list[Worded] = [each for each in kind if each.value == request.args.get(name)]
    return asked[0] if asked else None

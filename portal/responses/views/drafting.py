"""The draft's own page: a task list, how long is left, and what was received."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.challenges.queries import round_of
from portal.db import clock
from portal.policy import Permission, Scope, ScopeKind
from portal.responses import queries
from portal.responses.content import compose, digest_of
from portal.responses.models import Response
from portal.responses.onward import onward
from portal.responses.sections import (
    PRICE,
    Written,
    asked_in,
    no_longer_asked,
    others_in,
    price_stands_apart,
    unfinished,
    written,
)
from portal.responses.timeline import timeline
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session


@blueprint.get("/responses/<reference>")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def draft(response: Response) -> ResponseReturnValue:
    """The task list of one response; once it is submitted, or closed, with the days promised and kept."""
    shown = standing(response)
    steps = timeline(db_session(), response) if shown["latest"] or not shown["is_open"] else ()
    further = onward(db_session(), current_actor(), response)
    return render_template("responses/draft.html", steps=steps, onward=further, **shown)


def standing(response: Response) -> dict[str, object]:
    """Everything the firm's pages say of where its response stands."""
    session = db_session()
    asked = round_of(session, response.challenge, response.round.kind)
    assert asked is not None, "a response belongs to a round"
    rows = queries.sections_of(session, response)
    sections = written(asked_in(asked), rows)
    files = queries.files_of(session, response)
    latest = queries.latest_snapshot(session, response)
    now = clock.now()
    changed = latest is not None and digest_of(compose(response, sections, files, others_in(rows))) != latest.digest
    return {
        "response": response,
        "challenge": response.challenge,
        "asked": asked,
        "sections": sections,
        "keeps_price_out": price_stands_apart(asked),
        "strays": no_longer_asked([each.asked for each in sections], rows),
        "files": files,
        "others": others_in(rows),
        "latest": latest,
        "departures": queries.departures_of(session, response),
        "changed": changed,
        "is_open": queries.is_open(response.challenge, asked, now),
        "now": now,
        "stands": queries.shown_to_the_firm(response),
        "missing": list(unfinished(response, sections)),
        "status_of": lambda each: status_of(each, response),
        "leads": current_actor().may(Permission.RESPONSE_WRITE, {Scope(ScopeKind.SUPPLIER, response.organisation_id)}),
        "behind": response.brief_number < response.challenge.brief_number,
    }


def status_of(section: Written, response: Response) -> tuple[str, str | None]:
    """A section's status in the task list, and the colour of its tag (None: plain, as for done)."""
    if section.over:
        return f"{section.over:,} words over", "red"
    if section.text or (section.asked.key == PRICE and response.price_pence is not None):
        return "Written", None
    return "Not started", "blue"

"""The procurement register: a page, a CSV file and a spreadsheet of the same rows."""

from collections.abc import Iterator
from itertools import chain, count
from typing import Any

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from sqlalchemy import Select
from sqlalchemy.orm import Session

from portal.challenges.pathway import TITLES, ChallengeState
from portal.db import Database, clock
from portal.documents import Sheet, csv_line
from portal.law.calendar import london_date
from portal.law.dates import RULES
from portal.law.releases import ReleaseKind
from portal.partnerships.pathway import PARTNERSHIP
from portal.policy import Actor, Permission
from portal.procurement import table
from portal.procurement.queries import Line, Order, Show, Wanted, authorities, lines_of, register
from portal.procurement.running_out import SHOWN, running_out
from portal.procurement.views.blueprint import blueprint
from portal.text import tidy
from portal.web import access, current_actor, database, db_session, page_number
from portal.web.documents import workbook_answer
from portal.web.paging import page_of

_SEE = (Permission.CHALLENGE_SEE, Permission.NETWORK_SEE)
_STRETCH = 200
MOST_IN_A_SPREADSHEET = 5_000
"""Challenges, and plans, in one spreadsheet, which is made in memory; the CSV file has them all."""


@blueprint.get("/procurement")
@access(*_SEE)
def index() -> ResponseReturnValue:
    """Challenges and contracts with their next legal date; whatever narrows the list stays in the address."""
    session, actor, wanted = db_session(), current_actor(), _wanted()

    def read(opened: Session, rows: Select[Any]) -> list[Line]:
        return lines_of(opened, actor, rows)

    plans = running_out(session, actor, wanted, limit=SHOWN + 1)
    return render_template(
        "procurement/register.html",
        page=page_of(session, register(actor, wanted), number=page_number(), read=read),
        plans=plans[:SHOWN],
        more_plans=len(plans) > SHOWN,
        wanted=wanted,
        bodies=authorities(session, actor),
        kinds=ReleaseKind,
        shows=Show,
        orders=Order,
        today=london_date(clock.now()),
        columns=table.COLUMNS,
        rules=RULES,
        titles=TITLES,
        machine=PARTNERSHIP,
        whole_region=bool(actor.where(Permission.NETWORK_SEE)),
    )


@blueprint.get("/procurement.csv")
@access(*_SEE)
def as_csv() -> ResponseReturnValue:
    """The same rows as CSV, sent as they are read."""
    answer = Response(stream_with_context(_csv(database(), current_actor(), _wanted())), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="procurement-register.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/procurement.xlsx")
@access(*_SEE)
def as_spreadsheet() -> ResponseReturnValue:
    """The same rows as a spreadsheet."""
    actor, today = current_actor(), london_date(clock.now())
    session, wanted = db_session(), _wanted()
    lines = lines_of(session, actor, register(actor, wanted).limit(MOST_IN_A_SPREADSHEET))
    plans = running_out(session, actor, wanted, limit=MOST_IN_A_SPREADSHEET)
    rows = chain(
        chain.from_iterable(table.rows_of(each, today, _title) for each in lines), map(table.row_of_plan, plans)
    )
    return workbook_answer("procurement-register", [Sheet("Procurement register", tuple(table.COLUMNS), rows)])


def _csv(kept: Database, actor: Actor, wanted: Wanted) -> Iterator[str]:
    """A stretch at a time, each in a session of its own, so that no register is too large."""
    today, offset = london_date(clock.now()), 0
    yield csv_line(table.COLUMNS)
    while True:
        with kept.reading() as session:
            lines = lines_of(session, actor, register(actor, wanted).limit(_STRETCH).offset(offset))
        yield "".join(csv_line(row) for line in lines for row in table.rows_of(line, today, _title))
        if len(lines) < _STRETCH:
            break
        offset += _STRETCH
    yield from _plans_as_csv(kept, actor, wanted)


def _plans_as_csv(kept: Database, actor: Actor, wanted: Wanted) -> Iterator[str]:
    for offset in count(0, _STRETCH):
        with kept.reading() as session:
            plans = running_out(session, actor, wanted, limit=_STRETCH, offset=offset)
        yield "".join(csv_line(table.row_of_plan(each)) for each in plans)
        if len(plans) < _STRETCH:
            return


def _title(state: str) -> str:
    return TITLES[ChallengeState(state)][0]


def _wanted() -> Wanted:
    """The filters as the address has them; what is none of ours narrows nothing."""
    asked = request.args
    return Wanted(
        authority=tidy(asked.get("authority", ""))[:20],
        kind=_member(ReleaseKind, "kind"),
        show=_member(Show, "show"),
        order=_member(Order, "order") or Order.NEXT,
    )


def _member(members: Any, name: str) -> Any:
    return next((each for each in members if each.value == request.args.get(name)), None)

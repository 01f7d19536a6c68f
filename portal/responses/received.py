"""The list of a round's opened responses: one statement a page, built once, and no more of a response than it shows.

They select columns of entities, so that the seal covers them as it covers everything.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from portal.challenges.models import Lot, Round
from portal.organisations.models import Organisation
from portal.responses import seal
from portal.responses.models import Eligibility, LateAttempt, Response, ResponseMember
from portal.web.paging import COUNT_STOPS_AT, Page, window


class Received(NamedTuple):
    """A row of the list. `lots` is how many the round has, `partners` the other firms that stand behind it.

    `eligible` is None until decided.
    """

    reference: str
    firm: str
    submitted_at: datetime
    brief_number: int
    lots: int
    lot_number: int
    lot_title: str
    partners: int
    eligible: bool | None


_every_lot = aliased(Lot)
_OPENED = (Response.round_id == bindparam("round"), Response.opened_at.is_not(None))
_PARTNERS = (
    select(func.count(ResponseMember.id) - 1)
    .where(ResponseMember.response_id == Response.id, ResponseMember.accepted_at.is_not(None))
    .correlate(Response)
    .scalar_subquery()
)
_LOTS = select(func.count(_every_lot.id)).where(_every_lot.round_id == bindparam("round")).scalar_subquery()
_COUNTED = select(func.count()).select_from(select(Response.id).where(*_OPENED).limit(COUNT_STOPS_AT + 1).subquery())
_LISTED = (
    select(
        _COUNTED.scalar_subquery(),
        Response.reference,
        Organisation.name,
        Response.submitted_at,
        Response.brief_number,
        _LOTS,
        Lot.number,
        Lot.title,
        _PARTNERS,
        Eligibility.eligible,
    )
    .join(Organisation, Organisation.id == Response.organisation_id)
    .join(Lot, Lot.id == Response.lot_id)
    .outerjoin(Eligibility, Eligibility.response_id == Response.id)
    .where(*_OPENED)
    .order_by(Response.submitted_at, Response.id)
    .limit(window("size"))
    .offset(window("offset"))
)


def received(session: Session, asked: Round, *, number: int, size: int) -> Page[Received]:
    """One page of the opened responses, ineligible ones included, in the order they came."""
    given = {"round": asked.id, "size": size, "offset": (number - 1) * size}
    rows = session.execute(_LISTED, given).all()
    total = (rows[0][0] if rows else session.scalar(_COUNTED, given)) or 0
    items = tuple(Received._make(row[1:]) for row in rows)
    return Page(items, number, size, min(total, COUNT_STOPS_AT), total > COUNT_STOPS_AT)


_NOT_HERE = select(
    select(func.count(LateAttempt.id)).where(LateAttempt.round_id == bindparam("round")).scalar_subquery(),
    select(func.count(Response.id))
    .where(Response.round_id == bindparam("round"), Response.state == "withdrawn", Response.submitted_at.is_not(None))
    .scalar_subquery(),
)


class NotHere(NamedTuple):
    """How often somebody tried to submit too late, and how many submitted responses were taken back before that."""

    late: int = 0
    withdrawn: int = 0


def not_here(session: Session, asked: Round) -> NotHere:
    """What is missing from the list, as numbers without names, and only once the round is opened."""
    if asked.opened_at is None:
        return NotHere()
    with seal.lifted(session):
        return NotHere(*session.execute(_NOT_HERE, {"round": asked.id}).one())

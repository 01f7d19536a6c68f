"""What an officer's authorities are waited for: by firms in their challenges, by other bodies with a proposal."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import (
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Question, Round
from portal.db import clock
from portal.debriefs.models import Debrief
from portal.exclusions.models import SupplierCheck
from portal.home.needs import Need
from portal.law.calendar import london_date
from portal.network.joint.models import JointBody, JointProposal
from portal.network.options import NetworkOption, bodies_with
from portal.organisations.models import Organisation
from portal.partnerships.models import Invoice, Partnership, SeenBenefit
from portal.partnerships.services.payments import REMIND_DAYS_BEFORE
from portal.responses.models import Clarification, Response
from portal.web.addresses import address
from portal.web.paging import at_most

MOST = 60
"""Things named for one person; each leads to a page that lists all of its kind."""


def needs(session: Session, authorities: frozenset[int]) -> Iterator[Need]:
    """What firms asked, explained, said and are owed, and which bodies propose to buy together, in one statement."""
    if not authorities:
        return
    now = clock.now()
    soon = london_date(now) + timedelta(days=REMIND_DAYS_BEFORE)
    for row in session.execute(_WAITING, {"bodies": sorted(authorities), "now": now, "soon": soon}):
        yield _need(row)


class _Saying(NamedTuple):
    """What a need of one kind says of one and of several, and its page."""

    one: str
    several: str
    href: Callable[[Any], str]


_SAYINGS = {
    "asked": _Saying(
        "Answer a question from a firm",
        "Answer {} questions from firms",
        lambda row: address("questions.inbox", row.reference),
    ),
    "explained": _Saying(
        "Look at what a firm explained",
        "Look at what {} firms explained",
        lambda row: address("responses.clarifications", row.reference),
    ),
    "talks": _Saying(
        "See to a firm's debrief",
        "See to the debriefs of {} firms",
        lambda row: address("debriefs.of_challenge", row.reference),
    ),
    "told": _Saying(
        "Check what a chosen firm said",
        "Check what {} chosen firms said",
        lambda row: address("notices.award", row.reference),
    ),
    "owed": _Saying(
        "See to an invoice",
        "See to {} invoices",
        lambda _row: url_for("partnerships.every_payment"),
    ),
    "reported": _Saying(
        "Confirm a benefit a partner reports",
        "Confirm {} benefits partners report",
        lambda row: address("partnerships.benefits", row.page),
    ),
    "proposed": _Saying(
        "Say whether you buy together with another body",
        "Say whether you buy together with another body",
        lambda row: url_for("joint.show", reference=row.reference, proposal=row.page),
    ),
}


def _need(row: Any) -> Need:
    """A question is due before its round closes; everything else waits since it came."""
    saying = _SAYINGS[row.kind]
    said, href = saying.one if row.count == 1 else saying.several.format(row.count), saying.href(row)
    if row.kind == "asked":
        return Need(said, row.title, href, due=row.since)
    return Need(said, row.title, href, waiting_since=row.since, last_day_to_pay=row.pay_by)


_NO_TEXT, _NO_DAY, _NO_ID = cast(null(), String), cast(null(), Date), cast(null(), Integer)


def _columns(kind: str, *, of: Any, count: Any, since: Any, page: Any = _NO_TEXT, pay_by: Any = _NO_DAY) -> list[Any]:
    """What every part tells; `of` is the challenge, `page` names the page where that is not enough."""
    assert kind in _SAYINGS, "every kind has its sentence"
    named = {"kind": literal(kind), "of": of, "count": count, "since": since, "page": page, "pay_by": pay_by}
    return [value.label(name) for name, value in named.items()]


def _part(kind: str, of: Any, count: Any, since: Any, **more: Any) -> Select[Any]:
    """How many of one kind wait in each challenge, and since when."""
    columns = _columns(kind, of=of, count=func.count(count), since=func.min(since), **more)
    of_challenge: dict[str, Any] = {"body": _NO_ID, "reference": _NO_TEXT, "title": _NO_TEXT}
    return select(*columns, *(value.label(name) for name, value in of_challenge.items())).group_by(of)


_ASKED = (
    _part("asked", Round.challenge_id, Question.id, Round.deadline)
    .join(Question, Question.round_id == Round.id)
    .where(Question.state.in_(("asked", "agreed", "approved")))
)
_EXPLAINED = (
    _part("explained", Response.challenge_id, Clarification.id, Clarification.answered_at)
    .join(Clarification, Clarification.response_id == Response.id)
    .where(Clarification.state == "answered")
)
_HELD = and_(Debrief.state == "arranged", Debrief.takes_place_at <= bindparam("now"))
_TALKS = _part(
    "talks", Debrief.challenge_id, Debrief.id, func.coalesce(Debrief.takes_place_at, Debrief.asked_at)
).where(or_(Debrief.state == "asked", _HELD))
"""Debriefs that wait for an officer: to say when they take place, or, once that time has come, that they did."""
_TOLD = _part("told", SupplierCheck.challenge_id, SupplierCheck.id, SupplierCheck.given_at).where(
    SupplierCheck.state == "given"
)
"""What chosen firms said of themselves and nobody has checked yet."""
_OWED = (
    _part(
        "owed",
        Partnership.challenge_id,
        Invoice.id,
        Invoice.state_since,
        pay_by=func.min(case((Invoice.state == "received", Invoice.due_on))),
    )
    .join(Invoice, Invoice.partnership_id == Partnership.id)
    .where(or_(Invoice.state == "told", and_(Invoice.state == "received", Invoice.due_on <= bindparam("soon"))))
)
"""Invoices to confirm, and those whose last day is near or has passed, with the first of these days."""
_REPORTED = (
    _part(
        "reported",
        Partnership.challenge_id,
        SeenBenefit.id,
        SeenBenefit.state_since,
        page=func.min(Partnership.reference),
    )
    .join(SeenBenefit, SeenBenefit.partnership_id == Partnership.id)
    .where(SeenBenefit.state == "told")
)
"""Benefits that partners report and nobody has confirmed, with one of the partnerships they stand in."""


_PROPOSED = (
    select(
        *_columns(
            "proposed", of=_NO_ID, count=literal(1), since=JointProposal.proposed_at, page=JointProposal.reference
        ),
        JointBody.organisation_id.label("body"),
        Organisation.reference.label("reference"),
        JointProposal.title.label("title"),
    )
    .join(JointProposal, JointProposal.id == JointBody.proposal_id)
    .join(Organisation, Organisation.id == JointBody.organisation_id)
    .where(
        JointBody.accepts.is_(None),
        JointProposal.state == "proposed",
        JointBody.organisation_id.in_(bodies_with(NetworkOption.SHARED_NEED)),
    )
)
"""Proposals that a body with the option has not answered."""


def _waiting() -> Select[Any]:
    """Of responses only opened ones, as the seal sees to."""
    found = union_all(_ASKED, _EXPLAINED, _TALKS, _TOLD, _OWED, _REPORTED, _PROPOSED).subquery()
    # Neither of two is looked for in an index: begun from what waits, of which there is little, not from challenges.
    body = func.coalesce(Challenge.lead_id, found.c.body)
    reference = func.coalesce(Challenge.reference, found.c.reference)
    title = func.coalesce(Challenge.title, found.c.title)
    return (
        select(
            found.c.kind,
            found.c.count,
            found.c.since,
            found.c.page,
            found.c.pay_by,
            reference.label("reference"),
            title.label("title"),
        )
        .outerjoin(Challenge, Challenge.id == found.c.of)
        .where(body.in_(bindparam("bodies", expanding=True)))
        .order_by(found.c.since, reference, found.c.kind)
        .limit(at_most(MOST))
    )


_WAITING = _waiting()

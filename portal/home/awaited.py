"""What an officer's authorities are waited for: by firms in their challenges, by other bodies with a proposal."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

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

MOST = 60
"""Things named for one person; each leads to a page that lists all of its kind."""


def needs(session: Session, authorities: frozenset[int]) -> Iterator[Need]:
    """What firms asked, explained, said and are owed, and which bodies propose to buy together, in one statement."""
    if not authorities:
        return
    now = clock.now()
    soon = london_date(now) + timedelta(days=REMIND_DAYS_BEFORE)
    for row in session.execute(_WAITING, {"bodies": sorted(authorities), "now": now, "soon": soon}):
        yield _NEEDS[row.kind](row)


def _answer(row: Any) -> Need:
    said = "Answer a question from a firm" if row.count == 1 else f"Answer {row.count} questions from firms"
    return Need(said, row.title, address("questions.inbox", row.reference), due=row.since)


def _look(row: Any) -> Need:
    firms = "a firm" if row.count == 1 else f"{row.count} firms"
    href = address("responses.clarifications", row.reference)
    return Need(f"Look at what {firms} explained", row.title, href, waiting_since=row.since)


def _talk(row: Any) -> Need:
    said = "See to a firm's debrief" if row.count == 1 else f"See to the debriefs of {row.count} firms"
    return Need(said, row.title, address("debriefs.of_challenge", row.reference), waiting_since=row.since)


def _check(row: Any) -> Need:
    firms = "a chosen firm" if row.count == 1 else f"{row.count} chosen firms"
    href = address("notices.award", row.reference)
    return Need(f"Check what {firms} said", row.title, href, waiting_since=row.since)


def _pay(row: Any) -> Need:
    said = "See to an invoice" if row.count == 1 else f"See to {row.count} invoices"
    href = url_for("partnerships.every_payment")
    return Need(said, row.title, href, waiting_since=row.since, last_day_to_pay=row.pay_by)


def _confirm(row: Any) -> Need:
    one = row.count == 1
    said = "Confirm a benefit a partner reports" if one else f"Confirm {row.count} benefits partners report"
    return Need(said, row.title, address("partnerships.benefits", row.page), waiting_since=row.since)


def _join(row: Any) -> Need:
    href = url_for("joint.show", reference=row.reference, proposal=row.page)
    return Need("Say whether you buy together with another body", row.title, href, waiting_since=row.since)


_NEEDS: dict[str, Callable[[Any], Need]] = {
    "asked": _answer,
    "explained": _look,
    "talks": _talk,
    "told": _check,
    "owed": _pay,
    "reported": _confirm,
    "proposed": _join,
}
_NO_TEXT, _NO_DAY, _NO_ID = cast(null(), String), cast(null(), Date), cast(null(), Integer)


def _columns(kind: str, *, of: Any, count: Any, since: Any, page: Any = _NO_TEXT, pay_by: Any = _NO_DAY) -> list[Any]:
    """What every part tells; `of` is the challenge, `page` names the page where that is not enough."""
    assert kind in _NEEDS, "every kind has its sentence"
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
    reference, title = (
        func.coalesce(Challenge.reference, found.c.reference),
        func.coalesce(Challenge.title, found.c.title),
    )
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
        .limit(MOST)
    )


_WAITING = _waiting()

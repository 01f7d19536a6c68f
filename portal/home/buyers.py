"""What needs the people of an authority: owners, procurement officers and budget holders."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, select, union
from sqlalchemy.orm import Session

from portal.business_cases.pathway import TOGETHER
from portal.business_cases.queries import Waiting, awaiting_decision
from portal.challenges.models import Challenge, ChallengeParty, ConflictDeclaration, Part, Round, RoundKind
from portal.challenges.pathway import ENDS
from portal.challenges.pathway import ChallengeState as At
from portal.db import clock
from portal.home import awaited
from portal.home.needs import Need
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.web.addresses import address
from portal.web.paging import at_most
from portal.workflow import Agreement

LEAD, PROCURE, FUND = Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, Permission.FUNDING_DECIDE
_challenge, _round = Challenge.__table__.c, Round.__table__.c
_declared = ConflictDeclaration.__table__.c
_agreement = Agreement.__table__.c
_party = ChallengeParty.__table__.c
MOST = 60
"""Challenges looked at for one person; the list of all of them is a page of its own."""

SENTENCES: dict[tuple[At, Permission], str] = {
    (At.DESIGN_THINKING, LEAD): "Explore the problem and choose the question",
    (At.ARTICULATION, LEAD): "Write the brief",
    (At.ARTICULATION, PROCURE): "Prepare the release: legal route, dates and notices",
    (At.ASSESSMENT, PROCURE): "Open the responses and see the assessment through",
    (At.SUPPORT, LEAD): "See that every firm is ready to show",
    (At.SHOWCASE, LEAD): "Hold the showcase and choose a solution",
    (At.SHOWCASE, PROCURE): "Lock the panel's scores and agree the choice",
    (At.BUSINESS_CASE, LEAD): "Write and submit the business case",
    (At.TENDER_ASSESSMENT, PROCURE): "Open the tenders and see the assessment through",
    (At.AWARD, PROCURE): "Prepare the contract, the summaries and the standstill",
}
"""What a state asks of whom; a state that asks nothing of anybody (an open challenge) is not here."""
_ASKED_IN = {
    state: tuple((permission, said) for (where, permission), said in SENTENCES.items() if where is state)
    for state in At
}
Within = dict[Permission, tuple[frozenset[int], frozenset[int]]]
"""The authorities and the single challenges in which a person has each permission that something is asked of."""


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """What `actor` can move on in their own authorities, in a handful of queries whatever the number of challenges."""
    within = {part: _within(actor.where(part)) for part in (LEAD, PROCURE, FUND)}
    if not any(bodies for bodies, _ in within.values()) and not actor.where(LEAD):
        return
    _, own = _within(grant.scope for grant in actor.grants)
    bodies = frozenset().union(*(bodies for bodies, _ in within.values()))
    given = {"bodies": sorted(bodies), "own": sorted(own), "person": actor.person_id, "money": sorted(within[FUND][0])}
    rows = session.execute(_CHALLENGES, given).all()
    cases = _awaiting_decision(session, actor, rows)
    for row in rows:
        asked = _of_state(row, within, cases.get(row.id), actor.person_id)
        if asked and not row.declared:
            href = address("brief.declare", row.reference)
            yield Need("Say whether you have an interest", row.title, href, waiting_since=row.state_since)
        yield from asked
    yield from awaited.needs(session, within[PROCURE][0])
    yield from _agreements(session, actor, [row for row in rows if row.lead_id in bodies or row.id in own])


def _within(scopes: Iterable[Scope]) -> tuple[frozenset[int], frozenset[int]]:
    known = [(scope.kind, scope.id) for scope in scopes if scope.id is not None]
    bodies = frozenset(key for kind, key in known if kind is ScopeKind.AUTHORITY)
    return bodies, frozenset(key for kind, key in known if kind is ScopeKind.CHALLENGE)


def _waiting(whose: ColumnElement[bool]) -> Select[Any]:
    living = _challenge.state.not_in(sorted(ENDS))
    found = (
        select(_challenge.id).where(whose, living).order_by(_challenge.state_since, _challenge.id).limit(at_most(MOST))
    )
    return select(found.subquery())


_JOINT = select(_party.challenge_id).where(
    _party.organisation_id.in_(bindparam("money", expanding=True)), _party.part == Part.JOINT
)
"""Where a person's authority takes part, and they decide on its money."""
# Built once, on the tables. Each part of the union is read from an index in its order, and no further than needed.
_IDS = union(
    _waiting(_challenge.lead_id.in_(bindparam("bodies", expanding=True))),
    _waiting(_challenge.id.in_(bindparam("own", expanding=True))),
    _waiting(and_(_challenge.state == At.BUSINESS_CASE, _challenge.id.in_(_JOINT))),
).subquery()
_CHALLENGES = (
    select(
        _challenge.id,
        _challenge.reference,
        _challenge.title,
        _challenge.state,
        _challenge.state_since,
        _challenge.lead_id,
        _challenge.owner_id,
        _round.deadline,
        exists()
        .where(_declared.challenge_id == _challenge.id, _declared.person_id == bindparam("person"))
        .label("declared"),
        exists()
        .where(_agreement.subject_kind == "challenge", _agreement.subject_id == _challenge.id)
        .where(_agreement.used_at.is_(None), _agreement.person_id != bindparam("person"))
        .label("agreed"),
    )
    .join_from(_IDS, Challenge.__table__, _challenge.id == _IDS.c.id)
    .outerjoin(Round.__table__, and_(_round.challenge_id == _challenge.id, _round.kind == RoundKind.CHALLENGE))
    .order_by(_challenge.state_since, _challenge.id)
    .limit(at_most(MOST))
)
_AGREEMENTS = (
    select(_agreement.subject_id, _agreement.move, _agreement.agreed_at)
    .where(
        _agreement.subject_kind == "challenge",
        _agreement.subject_id.in_(bindparam("challenges", expanding=True)),
        _agreement.used_at.is_(None),
        _agreement.person_id != bindparam("person"),
        _agreement.move != TOGETHER,
    )
    .order_by(_agreement.id)
)
"""What another person has agreed; a business case half approved stands among those to decide on."""


def _of_state(row: Any, within: Within, waiting: Waiting | None, person: int | None) -> list[Need]:
    """What a challenge's state asks of whoever has these permissions."""
    state = row.state
    if state == At.OPEN and row.deadline and row.deadline <= clock.now():
        state = At.ASSESSMENT
    if waiting is not None:
        if not waiting.theirs:
            return []
        href = address("business_cases.case", row.reference)
        said = "Decide on the business case" + (", which another person has approved" if waiting.half_approved else "")
        return [Need(said, row.title, href, waiting_since=row.state_since)]
    anothers = row.owner_id is not None and row.owner_id != person
    return [
        Need(sentence, row.title, address("pathways.progress", row.reference), waiting_since=row.state_since)
        for permission, sentence in _ASKED_IN[state]
        if _holds(within[permission], row) and not (permission is LEAD and anothers)
    ]


def _holds(within: tuple[frozenset[int], frozenset[int]], row: Any) -> bool:
    bodies, challenges = within
    return row.lead_id in bodies or row.id in challenges


def _awaiting_decision(session: Session, actor: Actor, rows: Sequence[Any]) -> dict[int, Waiting]:
    waiting = [row.id for row in rows if row.state == At.BUSINESS_CASE]
    return awaiting_decision(session, actor.person_id, waiting) if waiting else {}


def _agreements(session: Session, actor: Actor, rows: Sequence[Any]) -> Iterator[Need]:
    """What somebody else has agreed and a second person is to confirm; no statement where nobody has."""
    by_id = {row.id: row for row in rows if row.agreed}
    if not by_id:
        return
    given = {"challenges": list(by_id), "person": actor.person_id}
    for subject, move, agreed_at in session.execute(_AGREEMENTS, given):
        row = by_id[subject]
        if agreed_at < row.state_since:
            continue
        href = url_for("pathways.move", reference=row.reference, name=move)
        said = "Confirm or leave what another person has agreed"
        yield Need(said, row.title, href, waiting_since=agreed_at)

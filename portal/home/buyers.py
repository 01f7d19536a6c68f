"""What needs the people of an authority: owners, procurement officers and budget holders."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select, union
from sqlalchemy.orm import Session

from portal.business_cases.models import BusinessCase
from portal.challenges.models import Challenge, Question, Round, RoundKind
from portal.challenges.pathway import ENDS
from portal.challenges.pathway import ChallengeState as At
from portal.db import clock
from portal.home.needs import Need
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.responses.models import Clarification, Response
from portal.web.addresses import address
from portal.workflow import Agreement

LEAD, PROCURE, FUND = Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, Permission.FUNDING_DECIDE
_challenge, _round, _question = Challenge.__table__.c, Round.__table__.c, Question.__table__.c
_case, _agreement = BusinessCase.__table__.c, Agreement.__table__.c
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


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """What `actor` can move on in their own authorities, in a handful of queries whatever the number of challenges."""
    parts = {part: _authorities(actor, part) for part in (LEAD, PROCURE, FUND)}
    if not any(parts.values()) and not actor.where(LEAD):
        return
    rows = _challenges(session, actor)
    cases = _submitted_cases(session, rows)
    for row in rows:
        yield from _of_state(row, actor, cases)
    yield from _questions(session, parts[PROCURE])
    yield from _clarified(session, parts[PROCURE], rows)
    yield from _agreements(session, actor, rows)


def _authorities(actor: Actor, permission: Permission) -> frozenset[int]:
    return frozenset(s.id for s in actor.where(permission) if s.kind is ScopeKind.AUTHORITY and s.id is not None)


_ASSESSED = frozenset({At.ASSESSMENT, At.TENDER_ASSESSMENT})


def _waiting(whose: ColumnElement[bool]) -> Select[Any]:
    living = _challenge.state.not_in(sorted(ENDS))
    found = select(_challenge.id).where(whose, living).order_by(_challenge.state_since, _challenge.id).limit(MOST)
    return select(found.subquery())


# Built once, on the tables. Each part of the union is read from an index in its order, and no further than needed.
_IDS = union(
    _waiting(_challenge.lead_id.in_(bindparam("bodies", expanding=True))),
    _waiting(_challenge.id.in_(bindparam("own", expanding=True))),
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
    )
    .join_from(_IDS, Challenge.__table__, _challenge.id == _IDS.c.id)
    .outerjoin(Round.__table__, and_(_round.challenge_id == _challenge.id, _round.kind == RoundKind.CHALLENGE))
    .order_by(_challenge.state_since, _challenge.id)
    .limit(MOST)
)
_CASES = select(_case.challenge_id, _case.state).where(_case.challenge_id.in_(bindparam("waiting", expanding=True)))
_QUESTIONS = (
    select(_challenge.reference, _challenge.title, func.count(), func.min(_round.deadline))
    .join_from(Challenge.__table__, Round.__table__, _round.challenge_id == _challenge.id)
    .join(Question.__table__, _question.round_id == _round.id)
    .where(
        _question.state.in_(("asked", "agreed", "approved")),
        _challenge.lead_id.in_(bindparam("bodies", expanding=True)),
    )
    .group_by(_challenge.reference, _challenge.title)
    .order_by(func.min(_round.deadline), _challenge.reference)
    .limit(MOST)
)
_CLARIFIED = (
    select(Challenge.reference, Challenge.title, func.count(Clarification.id), func.min(Clarification.answered_at))
    .join(Response, Response.id == Clarification.response_id)
    .join(Challenge, Challenge.id == Response.challenge_id)
    .where(Clarification.state == "answered", Challenge.lead_id.in_(bindparam("bodies", expanding=True)))
    .group_by(Challenge.reference, Challenge.title)
    .order_by(func.min(Clarification.answered_at), Challenge.reference)
    .limit(MOST)
)
_AGREEMENTS = (
    select(_agreement.subject_id, _agreement.move, _agreement.agreed_at)
    .where(
        _agreement.subject_kind == "challenge",
        _agreement.subject_id.in_(bindparam("challenges", expanding=True)),
        _agreement.used_at.is_(None),
        _agreement.person_id != bindparam("person"),
    )
    .order_by(_agreement.id)
)


def _challenges(session: Session, actor: Actor) -> Sequence[Any]:
    bodies = frozenset().union(*(_authorities(actor, part) for part in (LEAD, PROCURE, FUND)))
    own = [grant.scope.id for grant in actor.grants if grant.scope.kind is ScopeKind.CHALLENGE]
    return session.execute(_CHALLENGES, {"bodies": sorted(bodies), "own": own}).all()


def _of_state(row: Any, actor: Actor, cases: dict[int, str]) -> Iterator[Need]:
    state = At(row.state)
    if state is At.OPEN and row.deadline and row.deadline <= clock.now():
        state = At.ASSESSMENT
    scopes = {Scope(ScopeKind.AUTHORITY, row.lead_id), Scope(ScopeKind.CHALLENGE, row.id)}
    href = address("pathways.progress", row.reference)
    if state is At.BUSINESS_CASE and cases.get(row.id) == "submitted":
        if actor.may(FUND, scopes):
            href = address("business_cases.case", row.reference)
            yield Need("Decide on the business case", row.title, href, waiting_since=row.state_since)
        return
    for (where, permission), sentence in SENTENCES.items():
        if where is not state or not actor.may(permission, scopes):
            continue
        if permission is LEAD and row.owner_id not in {None, actor.person_id}:
            continue
        yield Need(sentence, row.title, href, waiting_since=row.state_since)


def _submitted_cases(session: Session, rows: Sequence[Any]) -> dict[int, str]:
    waiting = [row.id for row in rows if row.state == At.BUSINESS_CASE]
    if not waiting:
        return {}
    return {row.challenge_id: row.state for row in session.execute(_CASES, {"waiting": waiting})}


def _questions(session: Session, authorities: frozenset[int]) -> Iterator[Need]:
    if not authorities:
        return
    asked = session.execute(_QUESTIONS, {"bodies": sorted(authorities)})
    for reference, title, count, deadline in asked:
        said = "Answer a question from a firm" if count == 1 else f"Answer {count} questions from firms"
        yield Need(said, title, address("questions.inbox", reference), due=deadline)


def _clarified(session: Session, authorities: frozenset[int], rows: Sequence[Any]) -> Iterator[Need]:
    """Explanations to look at; only where something is being assessed can there be any."""
    if not authorities or not any(row.state in _ASSESSED for row in rows):
        return
    for reference, title, count, since in session.execute(_CLARIFIED, {"bodies": sorted(authorities)}):
        said = "Look at what a firm explained" if count == 1 else f"Look at what {count} firms explained"
        yield Need(said, title, address("responses.clarifications", reference), waiting_since=since)


def _agreements(session: Session, actor: Actor, rows: Sequence[Any]) -> Iterator[Need]:
    by_id = {row.id: row for row in rows}
    if not by_id:
        return
    for subject, move, agreed_at in session.execute(
        _AGREEMENTS, {"challenges": list(by_id), "person": actor.person_id}
    ):
        row = by_id[subject]
        if agreed_at < row.state_since:
            continue
        href = url_for("pathways.move", reference=row.reference, name=move)
        said = "Confirm or leave what another person has agreed"
        yield Need(said, row.title, href, waiting_since=agreed_at)

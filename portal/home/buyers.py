"""What needs the people of an authority: owners, procurement officers and budget holders."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.business_cases.models import BusinessCase
from portal.challenges.models import Challenge, Question, Round, RoundKind
from portal.challenges.pathway import ENDS
from portal.challenges.pathway import ChallengeState as At
from portal.db import clock
from portal.home.needs import Need
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.workflow import Agreement

LEAD, PROCURE, FUND = Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, Permission.FUNDING_DECIDE
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
    yield from _agreements(session, actor, rows)


def _authorities(actor: Actor, permission: Permission) -> frozenset[int]:
    return frozenset(s.id for s in actor.where(permission) if s.kind is ScopeKind.AUTHORITY and s.id is not None)


def _challenges(session: Session, actor: Actor) -> list[Row[Any]]:
    bodies = frozenset().union(*(_authorities(actor, part) for part in (LEAD, PROCURE, FUND)))
    own = {grant.scope.id for grant in actor.grants if grant.scope.kind is ScopeKind.CHALLENGE}
    call = and_(Round.challenge_id == Challenge.id, Round.kind == RoundKind.CHALLENGE)
    return list(
        session.execute(
            select(
                Challenge.id,
                Challenge.reference,
                Challenge.title,
                Challenge.state,
                Challenge.state_since,
                Challenge.lead_id,
                Challenge.owner_id,
                Round.deadline,
            )
            .outerjoin(Round, call)
            .where(or_(Challenge.lead_id.in_(bodies), Challenge.id.in_(own)), Challenge.state.not_in(sorted(ENDS)))
            .order_by(Challenge.state_since, Challenge.id)
            .limit(MOST)
        )
    )


def _of_state(row: Row[Any], actor: Actor, cases: dict[int, str]) -> Iterator[Need]:
    state = At(row.state)
    if state is At.OPEN and row.deadline and row.deadline <= clock.now():
        state = At.ASSESSMENT
    scopes = {Scope(ScopeKind.AUTHORITY, row.lead_id), Scope(ScopeKind.CHALLENGE, row.id)}
    href = url_for("pathways.progress", reference=row.reference)
    if state is At.BUSINESS_CASE and cases.get(row.id) == "submitted":
        if actor.may(FUND, scopes):
            href = url_for("business_cases.case", reference=row.reference)
            yield Need("Decide on the business case", row.title, href, waiting_since=row.state_since)
        return
    for (where, permission), sentence in SENTENCES.items():
        if where is not state or not actor.may(permission, scopes):
            continue
        if permission is LEAD and row.owner_id not in {None, actor.person_id}:
            continue
        yield Need(sentence, row.title, href, waiting_since=row.state_since)


def _submitted_cases(session: Session, rows: list[Row[Any]]) -> dict[int, str]:
    waiting = [row.id for row in rows if row.state == At.BUSINESS_CASE]
    if not waiting:
        return {}
    found = session.execute(
        select(BusinessCase.challenge_id, BusinessCase.state).where(BusinessCase.challenge_id.in_(waiting))
    )
    return {each.challenge_id: each.state for each in found}


def _questions(session: Session, authorities: frozenset[int]) -> Iterator[Need]:
    if not authorities:
        return
    asked = session.execute(
        select(Challenge.reference, Challenge.title, func.count(), func.min(Round.deadline))
        .join(Round, Round.challenge_id == Challenge.id)
        .join(Question, Question.round_id == Round.id)
        .where(Question.state == "asked", Challenge.lead_id.in_(authorities))
        .group_by(Challenge.reference, Challenge.title)
        .order_by(func.min(Round.deadline), Challenge.reference)
        .limit(MOST)
    )
    for reference, title, count, deadline in asked:
        said = "Answer a question from a firm" if count == 1 else f"Answer {count} questions from firms"
        yield Need(said, title, url_for("questions.inbox", reference=reference), due=deadline)


def _agreements(session: Session, actor: Actor, rows: list[Row[Any]]) -> Iterator[Need]:
    by_id = {row.id: row for row in rows}
    waiting = session.scalars(
        select(Agreement)
        .where(
            Agreement.subject_kind == "challenge",
            Agreement.subject_id.in_(by_id),
            Agreement.used_at.is_(None),
            Agreement.person_id != actor.person_id,
        )
        .order_by(Agreement.id)
    )
    for agreement in waiting:
        row = by_id[agreement.subject_id]
        if agreement.agreed_at < row.state_since:
            continue
        href = url_for("pathways.move", reference=row.reference, name=agreement.move)
        said = "Confirm or leave what another person has agreed"
        yield Need(said, row.title, href, waiting_since=agreement.agreed_at)

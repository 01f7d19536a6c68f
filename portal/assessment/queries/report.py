"""Everything an evaluation report says: who scored what, when and why, what was agreed, and every change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.assessment.models import Assignment, Moderation, Outcome, Score
from portal.assessment.queries.inside import Inside
from portal.assessment.queries.outcomes import outcomes_of
from portal.assessment.queries.panel import MemberProgress, panel, scores_opened
from portal.assessment.queries.standing import Standing
from portal.challenges.models import Criterion
from portal.journal.models import JournalEntry
from portal.organisations.models import Organisation
from portal.responses.models import Response


@dataclass(frozen=True, slots=True)
class Given:
    """One score of one assessor, as it counts or fell away."""

    firm: str
    criterion: str
    assessor: str
    score: int | None
    comment: str
    saved_at: datetime
    state: str
    locked_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoodDown:
    """Somebody who ended a sheet, or whose sheet was ended, and why; `reopened` is the reason of a reopening."""

    firm: str
    assessor: str
    state: str
    at: datetime
    conflict: str
    reopened: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement of the panel; earlier ones on the same scores stay in the report."""

    firm: str
    criterion: str
    before: tuple[int, ...]
    after: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal about this assessment."""

    number: int
    at: datetime
    who: str
    event: str
    digest: str


@dataclass(frozen=True, slots=True)
class Report:
    """A round's whole evaluation."""

    inside: Inside
    standing: Standing
    opened_at: datetime | None
    members: Sequence[MemberProgress]
    given: Sequence[Given]
    sheets: Sequence[StoodDown]
    agreed: Sequence[Agreed]
    outcomes: dict[int, Outcome]
    changes: Sequence[Change]


def report_of(session: Session, inside: Inside, stands: Standing) -> Report:
    """The report of a round whose standing somebody may see: ask `opened_standing` for it first."""
    opened = scores_opened(session, inside.round)
    return Report(
        inside,
        stands,
        opened.at if opened else None,
        panel(session, inside.round),
        _given(session, inside),
        _sheets(session, inside),
        _agreed(session, inside),
        outcomes_of(session, inside.round),
        _changes(session, inside),
    )


def _given(session: Session, inside: Inside) -> list[Given]:
    rows: Any = session.execute(
        select(
            Organisation.name,
            Criterion.name,
            Person.name,
            Score.value,
            Score.comment,
            Score.saved_at,
            Assignment.state,
            Assignment.locked_at,
        )
        .join(Assignment, Assignment.id == Score.assignment_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Response, Response.id == Assignment.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.round_id == inside.round.id)
        .order_by(Organisation.name, Response.id, Criterion.position, Person.name, Assignment.id)
    )
    return [Given(*row) for row in rows]


def _sheets(session: Session, inside: Inside) -> list[StoodDown]:
    rows: Any = session.execute(
        select(
            Organisation.name,
            Person.name,
            Assignment.state,
            Assignment.state_since,
            Assignment.conflict,
            Assignment.reopen_reason,
        )
        .join(Response, Response.id == Assignment.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .join(Person, Person.id == Assignment.person_id)
        .where(
            Assignment.round_id == inside.round.id,
            or_(Assignment.state == "recused", Assignment.reopen_reason != ""),
        )
        .order_by(Assignment.state_since, Assignment.id)
    )
    return [StoodDown(*row) for row in rows]


def _agreed(session: Session, inside: Inside) -> list[Agreed]:
    rows: Any = session.execute(
        select(Organisation.name, Criterion.name, Moderation, Person.name)
        .join(Response, Response.id == Moderation.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .join(Criterion, Criterion.id == Moderation.criterion_id)
        .outerjoin(Person, Person.id == Moderation.by_id)
        .where(Criterion.round_id == inside.round.id)
        .order_by(Moderation.id)
    )
    return [
        Agreed(firm, criterion, tuple(json.loads(row.before).values()), row.after, row.reason, by or "", row.at)
        for firm, criterion, row, by in rows
    ]


def _changes(session: Session, inside: Inside) -> list[Change]:
    """The journal's entries on this round, its sheets and its moderations, in their order."""
    sheets = select(Assignment.id).where(Assignment.round_id == inside.round.id)
    responses = select(Response.id).where(Response.round_id == inside.round.id)
    kind, subject = JournalEntry.subject_kind, JournalEntry.subject_id
    about = or_(
        (kind == "round") & (subject == inside.round.id),
        (kind == "assignment") & subject.in_(sheets),
        (kind == "response") & subject.in_(responses),
    )
    rows: Any = session.execute(
        select(JournalEntry.sequence, JournalEntry.at, Person.name, JournalEntry.event, JournalEntry.digest)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(
            JournalEntry.challenge_id == inside.challenge.id,
            or_(JournalEntry.event.like("assessment.%"), JournalEntry.event.like("assignment.%")),
            about,
        )
        .order_by(JournalEntry.sequence)
    )
    return [Change(number, at, who or "The portal", event, digest) for number, at, who, event, digest in rows]

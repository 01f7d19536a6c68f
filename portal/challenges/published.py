"""What the public is told of one released challenge: a handful of statements, however long its story."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from portal.challenges import brief_view
from portal.challenges.brief_view import BriefView
from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import (
    BriefVersion,
    Challenge,
    ChallengeFollow,
    ChallengeLink,
    DeadlineChange,
    LinkKind,
    OfficialNotice,
    Question,
    Round,
)
from portal.challenges.pathway import ENDS, ChallengeState, Pathway
from portal.challenges.queries import official_notices
from portal.db import UTCDateTime, clock, values_of
from portal.journal.models import JournalEntry
from portal.machine import Stage, State
from portal.policy import Actor
from portal.workflow import machine_of

_OPEN = frozenset({ChallengeState.OPEN, ChallengeState.TENDER})


@dataclass(frozen=True, slots=True)
class Published:
    """A released challenge with where it effectively stands and the window of its current round."""

    challenge: Challenge
    state: State
    opens_at: datetime | None
    questions_until: datetime | None
    deadline: datetime | None
    brief: BriefVersion | None
    deadline_moved: bool = False
    has_official_notices: bool = False

    @property
    def is_open(self) -> bool:
        """Whether firms can answer now."""
        return self.state.name in _OPEN

    @property
    def takes_questions(self) -> bool:
        """Whether questions can be asked now; the service decides again when one is sent."""
        return self.is_open and self.questions_until is not None and clock.now() < self.questions_until

    @property
    def ended(self) -> str | None:
        """The words for an end without a partnership; None where it goes on or led to one."""
        honest = self.state.name in ENDS and self.state.name != ChallengeState.ACTIVATED
        return self.state.title if honest else None


class Answered(NamedTuple):
    """A question and its answer, as everybody reads them."""

    reference: str
    text: str
    answer: str
    answered_at: datetime | None


class Moved(NamedTuple):
    """One act that moved the deadline for everyone; `incident`: because the portal itself was away."""

    before: datetime
    after: datetime
    reason: str
    incident: bool
    changed_at: datetime


class Version(NamedTuple):
    """One published version of the brief: its number, its day and why it was published."""

    number: int
    published_at: datetime
    reason: str


class Official(NamedTuple):
    """A notice about the challenge on an official platform."""

    ocid: str
    number: str
    code: str
    title: str
    address: str
    published_at: datetime


class Related(NamedTuple):
    """Another released challenge that this one came from, or that came from it."""

    reference: str
    title: str
    words: str


_RELATED_WORDS = {
    LinkKind.COPY: ("Copied from", "Copied as"),
    LinkKind.MERGE: ("Merged from", "Merged into"),
    LinkKind.SPLIT: ("Split from", "Split into"),
    LinkKind.RUN_AGAIN: ("Run again after", "Run again as"),
}


# Built once, and the lists on the tables: building them for each page would cost more than running them.
_challenge, _link = Challenge.__table__.c, ChallengeLink.__table__.c
_question, _window = Question.__table__.c, Round.__table__.c
_SUBJECT = bindparam("challenge", type_=Integer)

_PUBLISHED = (
    select(
        Challenge,
        effective_state(bindparam("now", type_=UTCDateTime())),
        Round.opens_at,
        Round.questions_until,
        Round.deadline,
        BriefVersion,
        exists().where(DeadlineChange.round_id == Round.id).correlate(Round),
        exists().where(OfficialNotice.challenge_id == Challenge.id).correlate(Challenge),
    )
    .outerjoin(Round, CURRENT_ROUND)
    .outerjoin(
        BriefVersion, (BriefVersion.challenge_id == Challenge.id) & (BriefVersion.number == Challenge.brief_number)
    )
    .where(Challenge.reference == bindparam("reference"), Challenge.released_at.is_not(None))
    .options(joinedload(Challenge.lead), lazyload(Challenge.parties))
)
_ANSWERED = (
    select(_question.reference, _question.published_text, _question.answer, _question.answered_at)
    .join_from(Question.__table__, Round.__table__, _window.id == _question.round_id)
    .where(_window.challenge_id == _SUBJECT, _question.state == "answered")
    .order_by(_question.answered_at.desc(), _question.reference)
)
_RELATED = (
    select(_challenge.reference, _challenge.title, _link.kind, _link.later_id == _challenge.id)
    .join_from(
        Challenge.__table__,
        ChallengeLink.__table__,
        or_(
            and_(_link.later_id == _SUBJECT, _link.earlier_id == _challenge.id),
            and_(_link.earlier_id == _SUBJECT, _link.later_id == _challenge.id),
        ),
    )
    .where(_challenge.released_at.is_not(None))
    .order_by(_challenge.released_at, _challenge.id)
)


def published(session: Session, _actor: Actor, reference: str) -> Published | None:
    """A released challenge, whatever came of it; None for one that nobody outside may know of."""
    row = session.execute(_PUBLISHED, {"reference": reference, "now": clock.now()}).first()
    if row is None:
        return None
    challenge, state, opens_at, questions_until, deadline, brief, *more = row
    return Published(challenge, machine_of(challenge)[state], opens_at, questions_until, deadline, brief, *more)


def brief_of(session: Session, found: Published) -> BriefView:
    """The brief as it was last published."""
    return brief_view.published(found.brief) if found.brief else brief_view.live(session, found.challenge)


def stages_of(pathway: Pathway) -> tuple[Stage, ...]:
    """The stages of a pathway, as the public reads them."""
    return machine_of(Challenge(pathway=pathway)).stages


def stage_reached(session: Session, found: Published) -> int | None:
    """The number of the stage it is at, or was at when it ended; None once the partnership is active."""
    if found.state.name == ChallengeState.ACTIVATED:
        return None
    if found.state.stage is not None:
        return found.state.stage
    machine = machine_of(found.challenge)
    before = _state_before(session, found.challenge, machine.name)
    return machine.stage_of(before if before in machine.states else ChallengeState.OPEN)


def _state_before(session: Session, challenge: Challenge, kind: str) -> str:
    """Where it stood before its end, from the journal; empty where the journal does not know."""
    entries = session.scalars(
        select(JournalEntry.data)
        .where(JournalEntry.subject_kind == kind, JournalEntry.subject_id == challenge.id)
        .order_by(JournalEntry.sequence.desc())
        .limit(10)
    )
    for data in entries:
        told: dict[str, Any] = json.loads(data)
        if told.get("after") == challenge.state:
            return str(told.get("before", ""))
    return ""


def made_of(session: Session, found: Published) -> tuple[Any, ...]:
    """Everything a challenge's page says, as values, beside the lists that follow here."""
    challenge, brief = found.challenge, found.brief
    return (
        values_of(challenge),
        values_of(challenge.lead),
        (brief.id, brief.digest) if brief else brief_of(session, found),
        (found.state.name, found.opens_at, found.questions_until, found.deadline, found.takes_questions),
    )


def answered_questions(session: Session, challenge: Challenge) -> tuple[Answered, ...]:
    """Every question that was answered to everyone, the latest answers first."""
    rows = session.execute(_ANSWERED, {"challenge": challenge.id})
    return tuple(Answered(*row) for row in rows)


def deadline_changes(session: Session, found: Published) -> tuple[Moved, ...]:
    """Every act that moved a deadline, the latest first; no statement where none did."""
    if not found.deadline_moved:
        return ()
    rows = session.execute(
        select(
            DeadlineChange.before,
            DeadlineChange.after,
            DeadlineChange.reason,
            DeadlineChange.incident,
            DeadlineChange.changed_at,
        )
        .join(Round, Round.id == DeadlineChange.round_id)
        .where(Round.challenge_id == found.challenge.id)
        .order_by(DeadlineChange.id.desc())
    )
    return tuple(Moved(*row) for row in rows)


def versions(session: Session, challenge: Challenge) -> tuple[Version, ...]:
    """The published versions of the brief, the latest first; no statement where there is only one."""
    if challenge.brief_number < 2:
        return ()
    rows = session.execute(
        select(BriefVersion.number, BriefVersion.published_at, BriefVersion.reason)
        .where(BriefVersion.challenge_id == challenge.id)
        .order_by(BriefVersion.number.desc())
    )
    return tuple(Version(*row) for row in rows)


def related(session: Session, challenge: Challenge) -> tuple[Related, ...]:
    """The released challenges this one is linked to, both ways, the earlier ones first."""
    rows = session.execute(_RELATED, {"challenge": challenge.id})
    return tuple(Related(reference, title, _RELATED_WORDS[kind][is_later]) for reference, title, kind, is_later in rows)


def official(session: Session, found: Published) -> tuple[Official, ...]:
    """The notices on official platforms; no statement where there is none."""
    known = official_notices(session, found.challenge) if found.has_official_notices else ()
    return tuple(Official._make(getattr(each, name) for name in Official._fields) for each in known)


def follows(session: Session, actor: Actor, challenge: Challenge) -> bool:
    """Whether this person asked to be told of its answers."""
    if actor.person_id is None:
        return False
    return session.get(ChallengeFollow, (actor.person_id, challenge.id)) is not None

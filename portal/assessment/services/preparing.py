"""Before the first response: the briefing, the promise of confidentiality, and a score that counts for nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.assessment.models import Assignment, PanelMember, Practice
from portal.assessment.queries import Inside, practice_of, to_be_scored
from portal.assessment.services.giving import give_sheets, hand_on
from portal.db import clock, expect_version, hold, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor
from portal.workflow import fire


@dataclass(frozen=True, slots=True)
class Lesson:
    """The briefing and, with all of them or none, the practice answer, its criterion, its score and why."""

    briefing: str
    criterion_id: int | None = None
    answer: str = ""
    score: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What an assessor gave the practice answer."""

    score: int
    comment: str


def write_practice(session: Session, actor: Actor, inside: Inside, lesson: Lesson, *, version: int | None) -> Practice:
    """Write the panel's briefing and its practice answer.

    Raises `Conflict` for a stale form, and `NotNow` once somebody has practised: all of a panel prepare on the same.
    """
    hold(session, inside.challenge)
    begun = select(PanelMember.id).where(
        PanelMember.round_id == inside.round.id, PanelMember.confidential_at.is_not(None)
    )
    if session.scalars(begun.limit(1)).first() is not None:
        raise NotNow("Somebody has prepared with this already, and everybody on a panel prepares with the same.")
    practice = practice_of(session, inside.round)
    if practice is None:
        practice = Practice(round_id=inside.round.id)
        session.add(practice)
    else:
        expect_version(practice, version)
    practice.briefing, practice.criterion_id = lesson.briefing, lesson.criterion_id
    practice.answer, practice.score, practice.why = lesson.answer, lesson.score, lesson.why
    session.flush()
    journal.record(
        session,
        actor,
        "assessment.practice_written",
        ("round", inside.round.id),
        challenge_id=inside.challenge.id,
    )
    return practice


def prepare(session: Session, actor: Actor, member: PanelMember, tried: Tried | None = None) -> None:
    """Promise confidentiality and, where there is a practice answer, give it a score once.

    Raises `NotAllowed` for anybody else's seat and `NotNow` without the practice score that is asked for.
    """
    asked = member.round
    share(session, asked.challenge)
    hold(session, member)
    if member.person_id != actor.person_id:
        raise NotAllowed("This seat on the panel is another person's.")
    practice = practice_of(session, asked)
    if practice is not None and practice.answer and member.practised_at is None:
        if tried is None:
            raise NotNow("Score the practice answer first.")
        member.practised_at, member.practice_score, member.practice_comment = clock.now(), tried.score, tried.comment
    member.confidential_at = member.confidential_at or clock.now()
    journal.record(session, actor, "assessment.prepared", ("panel_member", member.id), challenge_id=asked.challenge_id)
    session.flush()


def declare_blind(session: Session, actor: Actor, sheet: Assignment, conflicted: Collection[str], reason: str) -> int:
    """Declare on every firm of a blind round at once, so that no name can be matched with a code.

    `conflicted` names responses by reference: their sheets end and go to somebody else, and where there was none,
    none can be given later. All other sheets that wait for the declaration are opened. Answers how many ended.
    """
    inside = Inside(sheet.challenge, sheet.round)
    hold(session, inside.challenge)
    own = select(Assignment).where(Assignment.round_id == inside.round.id, Assignment.person_id == actor.person_id)
    sheets = {each.response_id: each for each in session.scalars(own.order_by(Assignment.id))}
    ended = 0
    for response in session.scalars(to_be_scored(inside.round)).all():
        mine = sheets.get(response.id)
        if response.reference in conflicted:
            had = mine is not None
            mine = (
                mine
                or give_sheets(session, actor, inside, [(response, sheet.person_id)], by_the_portal=True, tell=False)[0]
            )
            if mine.state != "recused":
                fire(session, actor, mine, "recuse", reason=reason)
                ended += 1
                if had:
                    hand_on(session, actor, mine)
        elif mine is not None and mine.state == "assigned":
            fire(session, actor, mine, "declare")
    return ended

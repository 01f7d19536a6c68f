"""Questions as each reader may see them. Nothing here tells who asked, and of when only the day."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge, Question, Round
from portal.challenges.pathway import QUESTION
from portal.challenges.queries import visible_inside
from portal.law.calendar import london_date
from portal.machine import State
from portal.policy import Actor
from portal.web.paging import Page


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for the people inside: no name, no firm, no hour."""

    reference: str
    text: str
    asked_on: date
    state: State
    published_text: str
    answer: str
    version: int

    @property
    def waits(self) -> bool:
        """Whether nobody has answered or declined it yet."""
        return self.state.name == "asked"

    @property
    def drafted(self) -> bool:
        """Whether somebody began to answer it."""
        return self.waits and bool(self.answer)


class Mine(NamedTuple):
    """A question for the one who asked it; `answer` holds the reason where it was declined."""

    text: str
    asked_on: date
    state: State
    published_text: str
    answer: str


def without_asker(question: Question) -> Asked:
    """A question stripped of everything that leads to who asked it."""
    return Asked(
        question.reference,
        question.text,
        london_date(question.asked_at),
        QUESTION[question.state],
        question.published_text,
        question.answer,
        question.version,
    )


def question_inside(session: Session, actor: Actor, reference: str, question: str) -> Question | None:
    """A question of a challenge whose inside `actor` may see."""
    return session.scalars(
        select(Question)
        .join(Question.round)
        .join(Round.challenge)
        .where(Challenge.reference == reference, Question.reference == question, visible_inside(actor))
        .options(joinedload(Question.round).joinedload(Round.challenge).joinedload(Challenge.lead))
    ).first()


def inbox(session: Session, challenge: Challenge, *, number: int, size: int = 20) -> Page[Asked]:
    """The questions about a challenge: those that wait first, then by reference, which tells nothing of time."""
    of_challenge = select(Question).join(Round, Round.id == Question.round_id).where(Round.challenge_id == challenge.id)
    total = session.scalar(select(func.count()).select_from(of_challenge.subquery())) or 0
    rows = session.scalars(
        of_challenge.order_by(Question.state != "asked", Question.reference).limit(size).offset((number - 1) * size)
    )
    return Page([without_asker(row) for row in rows], number, size, total, more=False)


def asked_by(session: Session, actor: Actor, challenge: Challenge) -> list[Mine]:
    """What this person asked about the challenge, the latest first."""
    rows = session.scalars(
        select(Question)
        .join(Round, Round.id == Question.round_id)
        .where(Round.challenge_id == challenge.id, Question.asked_by_id == actor.person_id)
        .order_by(Question.id.desc())
    )
    return [Mine(q.text, london_date(q.asked_at), QUESTION[q.state], q.published_text, q.answer) for q in rows]

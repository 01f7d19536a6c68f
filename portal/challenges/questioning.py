"""Questions as each reader may see them. Nothing here tells who asked, and nothing tells when but to the asker."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from portal.challenges.models import Challenge, Question, Round
from portal.challenges.pathway import QUESTION, QUESTION_WAITS
from portal.challenges.queries import visible_inside
from portal.law.calendar import london_date
from portal.machine import State
from portal.policy import Actor
from portal.web.paging import Page


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for the people inside: no name, no firm, no day.

    `mine` says whether the reader wrote the answer as it stands, so that somebody else must approve it;
    `together` how many questions ask the same and are answered with it.
    """

    reference: str
    text: str
    confidential: bool
    state: State
    published_text: str
    answer: str
    version: int
    mine: bool = False
    together: int = 0

    @property
    def waits(self) -> bool:
        """Whether an answer can be written now."""
        return self.state.name in QUESTION_WAITS and (not self.confidential or self.state.name == "agreed")

    @property
    def to_word(self) -> bool:
        """Whether its wording is still to be agreed with the one who asked."""
        return self.confidential and self.state.name in {"asked", "proposed"}

    @property
    def drafted(self) -> bool:
        """Whether an answer is written that nobody has approved yet."""
        return self.waits and bool(self.answer)


class Mine(NamedTuple):
    """A question for the one who asked it; `answer` holds the reason where it was declined.

    One that was merged shows what came of the one it was merged into.
    """

    reference: str
    text: str
    asked_on: date
    confidential: bool
    state: State
    published_text: str
    answer: str
    version: int


_TONES = ("asked", "proposed", "agreed", "approved")
_AT_WORK = case({state: place for place, state in enumerate(_TONES)}, value=Question.state, else_=len(_TONES))


def without_asker(question: Question, reader: int | None = None, together: int = 0) -> Asked:
    """A question stripped of everything that leads to who asked it."""
    return Asked(
        question.reference,
        question.text,
        question.confidential,
        QUESTION[question.state],
        question.published_text,
        question.answer,
        question.version,
        mine=reader is not None and question.drafted_by_id == reader,
        together=together,
    )


_WITH_CHALLENGE = (
    select(Question)
    .join(Question.round)
    .join(Round.challenge)
    .options(joinedload(Question.round).joinedload(Round.challenge).joinedload(Challenge.lead))
)


def question_inside(session: Session, actor: Actor, reference: str, question: str) -> Question | None:
    """A question of a challenge whose inside `actor` may see."""
    return session.scalars(
        _WITH_CHALLENGE.where(Challenge.reference == reference, Question.reference == question, visible_inside(actor))
    ).first()


def inbox(session: Session, actor: Actor, challenge: Challenge, *, number: int, size: int = 20) -> Page[Asked]:
    """The questions about a challenge: what is to do first, then by reference, which tells nothing of time."""
    other = aliased(Question)
    together = select(func.count(other.id)).where(other.merged_into_id == Question.id).scalar_subquery()
    of_challenge = _of(challenge).where(Question.state.not_in(("merged", "withdrawn")))
    total = session.scalar(select(func.count()).select_from(of_challenge.subquery())) or 0
    rows = session.execute(
        of_challenge.add_columns(together)
        .order_by(_AT_WORK, Question.reference)
        .limit(size)
        .offset((number - 1) * size)
    )
    items = [without_asker(row, actor.person_id, count) for row, count in rows]
    return Page(items, number, size, total, more=False)


def to_publish(session: Session, challenge: Challenge) -> list[Question]:
    """The approved answers, as the next batch would publish them."""
    return list(session.scalars(_of(challenge).where(Question.state == "approved").order_by(Question.reference)))


def same_as(session: Session, question: Question) -> list[Asked]:
    """The questions that this one could be answered with: those of its round that wait, by reference."""
    rows = session.scalars(
        select(Question)
        .where(
            Question.round_id == question.round_id,
            Question.id != question.id,
            Question.state.in_(sorted(QUESTION_WAITS)),
            or_(Question.state == "agreed", Question.confidential.is_(False)),
        )
        .order_by(Question.reference)
        .limit(50)
    )
    return [without_asker(row) for row in rows]


def answered_with(session: Session, question: Question) -> list[Asked]:
    """The questions that get this one's answer, by reference."""
    merged = select(Question).where(Question.merged_into_id == question.id).order_by(Question.reference)
    return [without_asker(row) for row in session.scalars(merged)]


def own_question(session: Session, actor: Actor, reference: str, question: str) -> Question | None:
    """A question for the one who asked it."""
    return session.scalars(
        _WITH_CHALLENGE.where(
            Challenge.reference == reference,
            Question.reference == question,
            Question.asked_by_id == (actor.person_id or 0),
        )
    ).first()


def asked_by(session: Session, actor: Actor, challenge: Challenge) -> list[Mine]:
    """What this person asked about the challenge, the latest first."""
    into = aliased(Question)
    rows = session.execute(
        _of(challenge)
        .add_columns(into)
        .outerjoin(into, into.id == Question.merged_into_id)
        .where(Question.asked_by_id == (actor.person_id or 0))
        .order_by(Question.id.desc())
    )
    return [_mine(question, other) for question, other in rows]


def _mine(question: Question, into: Question | None) -> Mine:
    shown = into or question
    waits = "asked" if shown.state in {"approved", "agreed"} else shown.state
    return Mine(
        question.reference,
        question.text,
        london_date(question.asked_at),
        question.confidential,
        QUESTION[waits],
        shown.published_text if into is None or shown.state == "answered" else "",
        shown.answer if shown.state in {"answered", "declined"} else "",
        question.version,
    )


def _of(challenge: Challenge) -> Select[Question]:
    return select(Question).join(Round, Round.id == Question.round_id).where(Round.challenge_id == challenge.id)

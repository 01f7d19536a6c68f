"""What the challenge's team does with a question before anything is published."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Question
from portal.challenges.pathway import QUESTION_WAITS
from portal.db import clock, expect_version, hold, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission
from portal.workflow import fire


def draft_answer(
    session: Session, actor: Actor, question: Question, *, version: int | None, published_text: str, answer: str
) -> None:
    """Keep the question as everybody shall read it, and an answer that nobody outside sees yet.

    Of a confidential question only the answer is taken: its wording is what the asker agreed to. Raises `NotNow`
    where it is not waiting for an answer, `Conflict` where somebody else wrote in between.
    """
    share(session, question.root())
    hold(session, question)
    _check_may_answer(actor, question)
    if question.state not in QUESTION_WAITS:
        raise NotNow("This question has been dealt with already.")
    if question.confidential and question.state != "agreed":
        raise NotNow("This question is confidential. Agree a wording with the one who asked first.")
    expect_version(question, version)
    if not question.confidential:
        question.published_text = published_text
    question.answer, question.drafted_by_id = answer, actor.person_id
    session.flush()
    _note(session, actor, question, "question.drafted")


def propose(session: Session, actor: Actor, question: Question, *, version: int | None, wording: str) -> None:
    """Propose to the asker how a confidential question could be published.

    Raises `NotAllowed`, `NotNow`, or `Conflict` where somebody else wrote in between.
    """
    _hold(session, question, version, while_in={"asked", "proposed"})
    fire(session, actor, question, "propose")
    question.published_text = wording
    outbox.queue(session, "questions.proposed", question.asked_by_id, question=question.reference)


def approve(session: Session, actor: Actor, question: Question, *, version: int | None) -> None:
    """Agree to an answer somebody else wrote: it goes out with the next batch.

    Raises `NotAllowed` for its author, `NotNow`, `MoveRefused`, or `Conflict` where the draft changed meanwhile.
    """
    _hold(session, question, version, while_in=QUESTION_WAITS)
    fire(session, actor, question, "approve")
    question.approved_by_id = actor.person_id
    session.flush()


def take_back(session: Session, actor: Actor, question: Question) -> None:
    """Take an approval back, so that the answer can be changed. Raises `NotAllowed` or `NotNow`."""
    _hold(session, question, None)
    fire(session, actor, question, "take_back")
    question.approved_by_id = None
    session.flush()


def merge(session: Session, actor: Actor, question: Question, into: Question, *, version: int | None) -> None:
    """Answer a question together with another that asks the same: nothing of its own wording is published.

    Questions merged into it before move with it. Raises `NotAllowed`, `NotNow`, `MoveRefused` or `Conflict`.
    """
    hold(session, question.root())
    hold(session, question, into)
    if into.id == question.id or into.round_id != question.round_id:
        raise NotNow("Choose another question of this challenge.")
    if into.state not in QUESTION_WAITS or (into.confidential and into.state != "agreed"):
        raise NotNow("The other question is no longer waiting for an answer.")
    if question.state in QUESTION_WAITS:
        expect_version(question, version)
    question.merged_into_id = into.id
    fire(session, actor, question, "merge", into=into.id)
    session.execute(update(Question).where(Question.merged_into_id == question.id).values(merged_into_id=into.id))


def separate(session: Session, actor: Actor, question: Question) -> None:
    """Answer a merged question by itself again, while nobody has approved the answer to the other.

    Raises `NotAllowed`, or `NotNow` where it is not merged or the other no longer waits.
    """
    hold(session, question.root())
    hold(session, question)
    into = session.get(Question, question.merged_into_id) if question.state == "merged" else None
    if into is not None and into.state not in QUESTION_WAITS:
        raise NotNow("The answer to the other question is approved or published already.")
    fire(session, actor, question, "separate")
    question.merged_into_id = None
    session.flush()


def decline(session: Session, actor: Actor, question: Question, *, version: int | None, reason: str) -> None:
    """Do not answer, and tell only those who asked why. Raises `NotAllowed`, `NotNow` or `Conflict`."""
    _hold(session, question, version, while_in={"asked", "proposed", "agreed"})
    fire(session, actor, question, "decline", reason=reason)
    question.published_text, question.answer = "", reason
    question.answered_at, question.answered_by_id = clock.now(), actor.person_id
    together = session.scalars(select(Question).where(Question.merged_into_id == question.id).order_by(Question.id))
    for each in (question, *together):
        each.answer = reason
        outbox.queue(session, "questions.declined", each.asked_by_id, question=each.reference)


def _hold(
    session: Session, question: Question, version: int | None, *, while_in: frozenset[str] | set[str] = frozenset()
) -> None:
    """Lock for a move; the version is asked only while the move is possible, so that a late one says so instead."""
    hold(session, question.root())
    hold(session, question)
    if question.state in while_in:
        expect_version(question, version)


def _check_may_answer(actor: Actor, question: Question) -> None:
    if not actor.may(Permission.QUESTION_ANSWER, question.scopes()):
        raise NotAllowed("Questions are answered by procurement officers and the challenge owner.")


def _note(session: Session, actor: Actor, question: Question, event: str) -> None:
    journal.record(session, actor, event, ("question", question.id), challenge_id=question.round.challenge_id)

"""Asking privately, answering to everyone, declining with a reason."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge, ChallengeFollow, Question, Round, RoundKind
from portal.challenges.pathway import ChallengeState
from portal.challenges.queries import round_of
from portal.challenges.services.following import follow
from portal.db import clock, expect_version, hold, random_reference, share
from portal.machine import NotNow
from portal.policy import Actor
from portal.workflow import fire

_ROUNDS = {ChallengeState.OPEN: RoundKind.CHALLENGE, ChallengeState.TENDER: RoundKind.TENDER}


def ask(session: Session, actor: Actor, challenge: Challenge, text: str) -> Question:
    """Ask privately; whoever asks is told of the answer, and of every other one, as a follower.

    The cut-off is decided here, on the one clock, with the challenge locked against being closed or extended.
    Raises `NotNow` from the very moment of the cut-off. The journal entry names no challenge, so that nobody who
    reads a challenge's journal learns who asked.
    """
    share(session, challenge)
    now = clock.now()
    window = _window(session, challenge)
    if window is None or window.questions_until is None or now >= window.questions_until:
        raise NotNow("Questions about this challenge are closed.")
    question = Question(
        reference=random_reference(),
        round=window,
        asked_by_id=actor.person_id,
        asked_at=now,
        text=text,
        state="asked",
        state_since=now,
    )
    session.add(question)
    follow(session, actor, challenge)
    session.flush()
    journal.record(session, actor, "question.asked", ("question", question.id))
    return question


def draft_answer(
    session: Session, actor: Actor, question: Question, *, version: int | None, published_text: str, answer: str
) -> None:
    """Keep the question as everybody shall read it, and an answer that nobody outside sees yet.

    Raises `NotNow` where it has been answered or declined, `Conflict` where somebody else wrote in between.
    """
    share(session, question.root())
    hold(session, question)
    if question.state != "asked":
        raise NotNow("This question has been dealt with already.")
    expect_version(question, version)
    question.published_text, question.answer = published_text, answer
    session.flush()
    _note(session, actor, question, "question.drafted")


def publish_answer(session: Session, actor: Actor, question: Question, *, version: int | None) -> None:
    """Publish the drafted answer to everyone at once, and tell who asked and whoever follows.

    Raises `NotAllowed`, `NotNow`, or `Conflict` where the draft changed since it was checked.
    """
    hold(session, question.root())
    hold(session, question)
    if question.state == "asked":
        expect_version(question, version)
        if not question.answer:
            raise NotNow("Write the answer before you publish it.")
    fire(session, actor, question, "answer")
    question.answered_at, question.answered_by_id = clock.now(), actor.person_id
    for person_id in _interested(session, question):
        outbox.queue(session, "questions.answered", person_id, question=question.reference)


def decline(session: Session, actor: Actor, question: Question, *, version: int | None, reason: str) -> None:
    """Do not answer, and tell only the one who asked why. Raises `NotAllowed`, `NotNow` or `Conflict`."""
    hold(session, question.root())
    hold(session, question)
    if question.state == "asked":
        expect_version(question, version)
    fire(session, actor, question, "decline", reason=reason)
    question.published_text, question.answer = "", reason
    question.answered_at, question.answered_by_id = clock.now(), actor.person_id
    outbox.queue(session, "questions.declined", question.asked_by_id, question=question.reference)


def _window(session: Session, challenge: Challenge) -> Round | None:
    """The round that takes questions now; none where the challenge is not open, or its deadline has passed."""
    kind = _ROUNDS.get(ChallengeState(challenge.state))
    found = round_of(session, challenge, kind) if kind else None
    if found is None:
        return None
    session.refresh(found)
    return found if found.deadline is None or clock.now() < found.deadline else None


def _interested(session: Session, question: Question) -> list[int]:
    followers = session.scalars(
        select(ChallengeFollow.person_id).where(ChallengeFollow.challenge_id == question.round.challenge_id)
    )
    return sorted({*followers, question.asked_by_id})


def _note(session: Session, actor: Actor, question: Question, event: str) -> None:
    journal.record(session, actor, event, ("question", question.id), challenge_id=question.round.challenge_id)

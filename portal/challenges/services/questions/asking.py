"""What whoever asks can do: ask, agree to a wording, withdraw. Nothing here is filed under the challenge."""

from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge, Question, Round, RoundKind
from portal.challenges.pathway import ChallengeState
from portal.challenges.queries import round_of
from portal.challenges.services.following import follow
from portal.db import clock, expect_version, hold, random_reference, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Asker
from portal.workflow import fire

_ROUNDS = {ChallengeState.OPEN: RoundKind.CHALLENGE, ChallengeState.TENDER: RoundKind.TENDER}


def ask(session: Session, actor: Actor, challenge: Challenge, text: str, *, confidential: bool = False) -> Question:
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
        confidential=confidential,
        state="asked",
        state_since=now,
    )
    session.add(question)
    follow(session, actor, challenge)
    session.flush()
    journal.record(session, actor, "question.asked", ("question", question.id))
    return question


def agree_wording(session: Session, actor: Actor, question: Question, *, version: int | None, wording: str) -> None:
    """Agree to how the question will be published: as it was proposed, or in one's own words instead.

    Raises `NotAllowed` for anybody else, `NotNow`, or `Conflict` where another wording was proposed meanwhile.
    """
    asker = _asker(session, actor, question)
    if question.state == "proposed":
        expect_version(question, version)
    fire(session, asker, question, "agree_wording")
    question.published_text = wording
    session.flush()


def withdraw(session: Session, actor: Actor, question: Question) -> None:
    """Take a confidential question back before anything of it is published. Raises `NotAllowed` or `NotNow`."""
    fire(session, _asker(session, actor, question), question, "withdraw")
    question.published_text = question.answer = ""
    session.flush()


def _asker(session: Session, actor: Actor, question: Question) -> Asker:
    hold(session, question.root())
    hold(session, question)
    if actor.person_id is None or question.asked_by_id != actor.person_id:
        raise NotAllowed("Only the one who asked can do this.")
    return Asker.of(actor)


def _window(session: Session, challenge: Challenge) -> Round | None:
    """The round that takes questions now; none where the challenge is not open, or its deadline has passed."""
    kind = _ROUNDS.get(ChallengeState(challenge.state))
    found = round_of(session, challenge, kind) if kind else None
    if found is None:
        return None
    session.refresh(found)
    return found if found.deadline is None or clock.now() < found.deadline else None

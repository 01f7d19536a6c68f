"""Opening: two people, each from their own sign-in and in their own time, and only then can anybody read."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal import journal
from portal.challenges.models import Challenge, ConflictDeclaration, Opening, Round
from portal.db import clock, hold
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission
from portal.responses import seal
from portal.responses.models import Response, ResponseMember
from portal.responses.queries import declaration_of, is_judged, nobody_answered, openings_of
from portal.workflow import announce, fire, settle

PEOPLE_TO_OPEN = 2


def open_responses(session: Session, actor: Actor, challenge: Challenge, asked: Round, *, no_interest: bool) -> bool:
    """Be the first or the second of the two people who open a round; answer whether it is open now.

    `no_interest` is the person's own word that they have no conflict of interest, kept as their declaration
    (Procurement Act 2023 ss.81–83). Raises `NotAllowed` for the wrong person, `NotNow` before the deadline and where
    there is nothing to open. The deadline's own move is made here where nobody has made it yet, because closing needs
    no running job.
    """
    settle(session, challenge)
    hold(session, asked)
    now = clock.now()
    _check_person(session, actor, challenge, asked, no_interest=no_interest)
    _check_time(session, challenge, asked, now)
    if any(opening.person_id == actor.person_id for opening in openings_of(session, asked)):
        return False
    _declare(session, actor, challenge, now)
    _press(session, actor, asked, now)
    journal.record(session, actor, "round.opening", ("round", asked.id), challenge_id=challenge.id)
    if len(openings_of(session, asked)) < PEOPLE_TO_OPEN:
        return False
    asked.opened_at = now
    session.flush()
    _open_each(session, actor, asked)
    journal.record(session, actor, "round.opened", ("round", asked.id), challenge_id=challenge.id)
    announce(session, "responses.opened", challenge=challenge, asked=asked)
    return True


def _check_person(session: Session, actor: Actor, challenge: Challenge, asked: Round, *, no_interest: bool) -> None:
    if not actor.may(Permission.RESPONSES_OPEN, challenge.scopes()):
        raise NotAllowed("Responses are opened by procurement officers, and by people named for it beforehand.")
    declared = declaration_of(session, challenge, actor.person_id)
    if declared is not None and declared.conflicted:
        raise NotAllowed("You declared a conflict of interest in this challenge, so somebody else must open.")
    if declared is None and not no_interest:
        raise NotAllowed("Say first that you have no interest in the outcome, or let somebody else open.")
    if _answers_here(session, actor, asked):
        raise NotAllowed("You belong to a firm that answered this challenge, so somebody else must open.")


def _answers_here(session: Session, actor: Actor, asked: Round) -> bool:
    """Whether this person answers for a firm behind a response to the round; they know of it already."""
    firms = actor.ids(Permission.RESPONSE_WRITE)
    if not firms:
        return False
    with seal.lifted(session):
        found = session.scalar(
            select(Response.id)
            .join(ResponseMember, ResponseMember.response_id == Response.id)
            .where(Response.round_id == asked.id, ResponseMember.organisation_id.in_(firms))
            .limit(1)
        )
    return found is not None


def _check_time(session: Session, challenge: Challenge, asked: Round, now: datetime) -> None:
    if asked.opened_at is not None:
        raise NotNow("The responses are open already.")
    if asked.deadline is None or now < asked.deadline:
        raise NotNow("Responses stay sealed until the deadline.")
    if not is_judged(challenge, asked):
        raise NotNow("This challenge has moved on; its responses can no longer be opened.")
    if nobody_answered(session, asked, now):
        raise NotNow("Nobody answered, so there is nothing to open.")


def _declare(session: Session, actor: Actor, challenge: Challenge, now: datetime) -> None:
    if declaration_of(session, challenge, actor.person_id) is None:
        session.add(
            ConflictDeclaration(
                challenge_id=challenge.id,
                person_id=actor.person_id,
                capacity="Opener",
                conflicted=False,
                declared_at=now,
            )
        )


def _press(session: Session, actor: Actor, asked: Round, now: datetime) -> None:
    """Note this person's part; one from before a reopening is renewed."""
    before = session.scalars(
        select(Opening).where(Opening.round_id == asked.id, Opening.person_id == actor.person_id)
    ).first()
    if before is None:
        session.add(Opening(round_id=asked.id, person_id=actor.person_id, at=now))
    else:
        before.at = now
    session.flush()


def _open_each(session: Session, actor: Actor, asked: Round) -> None:
    """Open what had been submitted in time; drafts and what was withdrawn stay sealed for ever."""
    with seal.lifted(session):
        submitted = session.scalars(
            select(Response)
            .where(Response.round_id == asked.id, Response.state == "submitted", Response.submitted_at < asked.deadline)
            .options(selectinload(Response.members))
            .order_by(Response.id)
        ).all()
        for response in submitted:
            fire(session, actor, response, "open")
        session.flush()

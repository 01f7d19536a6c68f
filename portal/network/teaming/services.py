"""Giving one's word to join others, taking it back, and inviting one of them into a response.

The journal names the firm and no challenge: what is kept of a challenge goes to its authority in one file, and no
buyer learns who thinks of answering.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.queries import inside
from portal.db import clock, hold, share
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.network.teaming.models import TeamingWord
from portal.network.teaming.queries import Other, Teaming, address_of, word_of
from portal.organisations.models import Organisation
from portal.policy import Actor
from portal.responses.models import Response
from portal.responses.queries import people_of
from portal.responses.services import invite_partner
from portal.responses.services.window import check_open


def say(session: Session, actor: Actor, teaming: Teaming, firm: Organisation, brings: str) -> TeamingWord:
    """A firm would join with others; those who said so before hear that somebody did.

    Raises `NotNow` where it has said so already, or the round takes no responses.
    """
    hold(session, teaming.challenge)
    session.refresh(teaming.asked)
    now = clock.now()
    check_open(teaming.challenge, teaming.asked, now)
    if word_of(session, teaming.asked, firm.id) is not None:
        raise NotNow(f"{firm.name} has said so already. Take your word back first to say it in other words.")
    word = TeamingWord(
        round_id=teaming.asked.id,
        organisation_id=firm.id,
        brings=brings,
        said_at=now,
        said_by_id=actor.person_id,
    )
    session.add(word)
    session.flush()
    journal.record(session, actor, "teaming.said", ("organisation", firm.id))
    _tell_the_others(session, teaming, firm)
    return word


def withdraw(session: Session, actor: Actor, teaming: Teaming, firm: Organisation) -> None:
    """Take a firm's word back, at any time; doing it twice changes nothing. Invitations that were sent stand."""
    hold(session, teaming.challenge)
    word = word_of(session, teaming.asked, firm.id)
    if word is not None:
        session.delete(word)
        journal.record(session, actor, "teaming.withdrawn", ("organisation", firm.id))
    session.flush()


def invite(session: Session, actor: Actor, other: Other, response: Response, *, share_percent: int, part: str) -> None:
    """Invite a firm into a response as any partner is invited, at the address of whoever gave its word.

    Raises `NotNow` where either firm's word is gone, the firm is in already, or the share is not free.
    """
    share(session, other.teaming.challenge)
    asked, firm = other.teaming.asked, other.word.organisation
    if word_of(session, asked, response.organisation_id) is None:
        raise NotNow("Say first that your own firm would join with others.")
    word = word_of(session, asked, firm.id)
    address = address_of(session, word) if word else None
    if address is None:
        raise NotNow(f"{firm.name} has taken its word back.")
    if any(member.organisation_id == firm.id for member in response.members):
        raise NotNow(f"{firm.name} stands behind this response already.")
    invite_partner(session, actor, response, address, share_percent=share_percent, part=part)


def _tell_the_others(session: Session, teaming: Teaming, joined: Organisation) -> None:
    """Each person at most once a day: docs/decisions/teaming.md says why; and nobody of the challenge's own side."""
    today, reference = london_date(clock.now()), teaming.challenge.reference
    rows = select(TeamingWord.organisation_id).where(
        TeamingWord.round_id == teaming.asked.id, TeamingWord.organisation_id != joined.id
    )
    for firm in session.scalars(rows.order_by(TeamingWord.id)).all():
        for person in session.scalars(people_of([firm])):
            if inside(session, actor_of(session, session.get_one(Person, person)), reference) is not None:
                continue
            once = f"teaming:{teaming.asked.id}:{person}:{today}"
            outbox.queue(session, "teaming.joined", person, once_key=once, round=teaming.asked.id, firm=firm)

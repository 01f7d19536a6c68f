"""How mails of matching are worded; each can be ended at one press."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts import links
from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.network.matching.fitting import for_person
from portal.network.matching.models import MailChoice
from portal.network.matching.queries import open_challenges
from portal.outbox.messages import Mail, message
from portal.responses.queries import current_round

UNSUBSCRIBE = "matching mails"
"""What the signed link allows."""


def leaving(person: int) -> str:
    """The page by which somebody ends these mails without signing in."""
    return f"/unsubscribe/{links.stamp(UNSUBSCRIBE, person)}"


@message("matching.told")
def told(session: Session, *, challenge: int, person: int) -> Mail | None:
    """To a firm's people: an officer thinks a challenge may fit; nothing once it is closed, or they have said no."""
    choice = session.get(MailChoice, person)
    is_open = session.scalar(open_challenges().where(Challenge.id == challenge))
    if is_open is None or (choice is not None and not choice.told):
        return None
    of = select(Challenge).where(Challenge.id == challenge).options(joinedload(Challenge.lead))
    found = session.scalars(of).one()
    asked = current_round(session, found)
    return Mail(
        subject=f"A challenge that may fit you: {found.title}",
        template="mail/network/told.txt",
        context={"challenge": found, "deadline": asked.deadline if asked else None},
        path=f"/challenges/{found.reference}",
        unsubscribe=leaving(person),
    )


@message("matching.digest")
def digest(session: Session, *, person: int, since: str) -> Mail | None:
    """New challenges that fit somebody's firms or their saved searches; nothing where there are none."""
    choice, somebody = session.get(MailChoice, person), session.get(Person, person)
    if somebody is None or choice is None or choice.next_digest_at is None:
        return None
    found = for_person(session, actor_of(session, somebody), since=datetime.fromisoformat(since))
    if not found.any:
        return None
    return Mail(
        subject="New challenges that may fit you",
        template="mail/network/digest.txt",
        context={"found": found},
        path="/matches",
        unsubscribe=leaving(person),
    )

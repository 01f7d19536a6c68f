"""Signing in and out, and the passwords that prove who somebody is."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts import links, queries, throttle
from portal.accounts.identity import begin_sign_in
from portal.accounts.models import LinkPurpose, Person, SignIn
from portal.db import clock
from portal.policy import Actor


def sign_in(session: Session, person_id: int, password_digest: str | None, agent: str) -> str | None:
    """Begin a sign-in for somebody whose password was found right against `password_digest`.

    The password is checked before this transaction begins. If it was changed, or the person removed, in between,
    the answer is None; otherwise the token for the cookie.
    """
    person = session.scalars(
        select(Person)
        .where(
            Person.id == person_id,
            Person.password_digest == password_digest,
            Person.removed_at.is_(None),
        )
        .with_for_update()
    ).first()
    if person is None:
        return None
    throttle.forget(session, throttle.SIGN_IN_BY_ADDRESS.by(person.email))
    return sign_in_again(session, person, agent)


def sign_in_again(session: Session, person: Person, agent: str) -> str:
    """Begin a sign-in for somebody who has just proved who they are by a link."""
    journal.record(session, Actor(person.id, person.name), "accounts.signed_in", ("person", person.id))
    return begin_sign_in(session, person, agent)


def end_sign_in(session: Session, actor: Actor, sign_in_id: int) -> bool:
    """End one of one's own sign-ins at once; False if it is not theirs or has ended."""
    ended = session.scalars(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == actor.person_id, SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
        .returning(SignIn.id)
    ).first()
    if ended is None:
        return False
    journal.record(session, actor, "accounts.signed_out", ("sign_in", sign_in_id))
    return True


def end_sign_ins(session: Session, person_id: int, *, but: int | None = None) -> None:
    """End every sign-in of somebody at once, `but` the one they act in."""
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=clock.now())
    )


def ask_to_reset(session: Session, email: str) -> None:
    """Mail a link to choose a new password; to an address nobody has, nothing."""
    person = queries.person_at(session, email)
    if person is None:
        return
    link = links.make(session, LinkPurpose.RESET, person.email, person_id=person.id)
    outbox.queue(session, "accounts.reset", person.id, link_id=link.id)


def reset(session: Session, token: str, password_digest: str) -> Person:
    """Set a new password by a mailed link, and end every sign-in. Raises `LinkSpent`."""
    link = links.use(session, LinkPurpose.RESET, token)
    person = queries.person_at(session, link.email)
    if person is None:
        raise links.LinkSpent
    person.password_digest = password_digest
    links.withdraw(session, LinkPurpose.RESET, link.email)
    end_sign_ins(session, person.id)
    throttle.forget(session, throttle.SIGN_IN_BY_ADDRESS.by(person.email))
    journal.record(session, Actor(person.id, person.name), "accounts.password_reset", ("person", person.id))
    outbox.queue(session, "accounts.password_changed", person.id)
    return person


def change_password(
    session: Session, actor: Actor, person: Person, password_digest: str, *, here: int, checked: str | None
) -> bool:
    """Set a new password and end every sign-in but this one.

    `checked` is the digest the present password was found right against; False if it is no longer theirs.
    """
    session.refresh(person, with_for_update=True)
    if person.password_digest != checked:
        return False
    person.password_digest = password_digest
    end_sign_ins(session, person.id, but=here)
    journal.record(session, actor, "accounts.password_changed", ("person", person.id))
    outbox.queue(session, "accounts.password_changed", person.id)
    return True


def change_details(session: Session, actor: Actor, person: Person, *, name: str, job_title: str) -> None:
    """Change how somebody is called."""
    person.name, person.job_title = name, job_title
    journal.record(session, actor, "accounts.details_changed", ("person", person.id))

"""How people come to have an account: by registering, by starting a response, or because they were invited.

Nothing here tells whether an address was known: the answer on the page is the same, the mail says which it was.
"""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts import links, queries
from portal.accounts.models import LinkPurpose, MailedLink, Person
from portal.accounts.returning import own_path
from portal.accounts.services.giving import give_as_invited
from portal.db import clock
from portal.policy import Actor
from portal.workflow.announcements import announce

STARTED = "accounts.started"
"""Announced with `person_id` when somebody began with no more than an address: they need a supplier to act for."""


def ask_to_register(session: Session, email: str) -> None:
    """Mail a link that makes an account, or say in the mail that there is one already."""
    email = queries.tidy(email)
    person = queries.person_at(session, email)
    if person is not None and person.password_digest is not None:
        outbox.queue(session, "accounts.known", person.id)
        return
    link = links.make(session, LinkPurpose.CONFIRM, email)
    outbox.queue(session, "accounts.confirm", email, link_id=link.id)


def start_with_email(session: Session, email: str, next: str) -> None:
    """Mail a link that brings somebody back to `next`, a path of ours, with no more than their address known.

    Whoever has a password is asked in the mail to sign in and go on from there.
    """
    email, path = queries.tidy(email), own_path(next) or "/home"
    person = queries.person_at(session, email)
    if person is not None and person.password_digest is not None:
        outbox.queue(session, "accounts.go_on", person.id, next=path)
        return
    link = links.make(session, LinkPurpose.START, email, next_path=path)
    outbox.queue(session, "accounts.start", email, link_id=link.id)


def confirm(session: Session, token: str, *, name: str, password_digest: str) -> Person:
    """Make the account whose address a link has proved. Raises `LinkSpent`, also where there is one already."""
    link = links.use(session, LinkPurpose.CONFIRM, token)
    person = queries.person_at(session, link.email)
    if person is None:
        person = _make(session, link.email, name, password_digest)
    elif person.password_digest is None:
        person.name, person.password_digest = name, password_digest
    else:
        raise links.LinkSpent
    links.withdraw(session, LinkPurpose.CONFIRM, link.email)
    links.withdraw(session, LinkPurpose.START, link.email)
    return person


def begin_start(session: Session, token: str) -> tuple[Person, str]:
    """Let somebody in who has proved no more than an address; answer them and the path they go on to.

    Raises `LinkSpent`, also where a password was chosen since: then that is the way in.
    """
    link = links.use(session, LinkPurpose.START, token)
    person = queries.person_at(session, link.email)
    if person is None:
        person = _make(session, link.email, link.email.partition("@")[0], None)
    elif person.password_digest is not None:
        raise links.LinkSpent
    announce(session, STARTED, person_id=person.id)
    return person, own_path(link.next_path) or "/home"


def accept_invitation(
    session: Session, token: str, *, name: str = "", password_digest: str | None = None
) -> tuple[Person, MailedLink]:
    """Give the role somebody was invited to, with an account if they had none. Raises `LinkSpent`."""
    link = links.use(session, LinkPurpose.INVITE, token)
    person = queries.person_at(session, link.email)
    if person is None:
        if password_digest is None:
            raise links.LinkSpent
        person = _make(session, link.email, name, password_digest)
    elif person.password_digest is None and password_digest is not None:
        person.name, person.password_digest = name, password_digest
    give_as_invited(session, person, link)
    return person, link


def _make(session: Session, email: str, name: str, password_digest: str | None) -> Person:
    now = clock.now()
    person = Person(email=email, name=name, password_digest=password_digest, created_at=now, confirmed_at=now)
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        raise links.LinkSpent from None
    journal.record(session, Actor(person.id, name), "accounts.made", ("person", person.id))
    return person

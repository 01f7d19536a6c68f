"""Vouching for a firm, the firm's consent, and taking either back."""

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import clock, hold
from portal.machine import NotNow
from portal.network.vouches.models import OnTime, Vouch, WorkSize
from portal.network.vouches.queries import standing_vouch
from portal.organisations.models import Organisation
from portal.policy import Actor
from portal.responses.queries import people_of


def vouch(
    session: Session,
    actor: Actor,
    body: Organisation,
    firm: Organisation,
    *,
    work: str,
    size: WorkSize,
    on_time: OnTime,
) -> Vouch:
    """Vouch for a firm; its people are asked by mail whether the network may see it.

    Raises `NotNow` where the body vouches for it already.
    """
    hold(session, firm)
    if standing_vouch(session, body, firm) is not None:
        raise NotNow(f"You vouch for {firm.name} already. Take that back first if it is no longer right.")
    given = Vouch(
        body_id=body.id,
        firm_id=firm.id,
        work=work,
        size=size,
        on_time=on_time,
        given_at=clock.now(),
        given_by_id=actor.person_id,
    )
    session.add(given)
    session.flush()
    _note(session, actor, "given", given)
    for person in session.scalars(people_of(frozenset({firm.id}))):
        outbox.queue(session, "vouches.asked", person, vouch=given.reference)
    return given


def answer(session: Session, actor: Actor, given: Vouch, *, consents: bool) -> None:
    """Let the network see it, or not (any more); whoever gave it is told of the first answer."""
    hold(session, given)
    if given.ended_at is not None:
        raise NotNow("The body has taken this back. Nobody else sees it.")
    first = given.consents is None
    given.consents, given.answered_at = consents, clock.now()
    _note(session, actor, "consented" if consents else "refused", given)
    if first and given.given_by_id is not None:
        outbox.queue(session, "vouches.answered", given.given_by_id, vouch=given.reference)


def take_back(session: Session, actor: Actor, given: Vouch) -> None:
    """Stand by it no longer; nobody sees it from now on. Doing it twice changes nothing."""
    hold(session, given)
    if given.ended_at is None:
        given.ended_at = clock.now()
        _note(session, actor, "taken_back", given)


def _note(session: Session, actor: Actor, event: str, given: Vouch) -> None:
    journal.record(session, actor, f"vouches.{event}", ("vouch", given.id), body=given.body_id, firm=given.firm_id)

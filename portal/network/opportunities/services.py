"""Making a card, and answering one."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.queries import holders
from portal.db import clock, hold
from portal.law.calendar import LONDON
from portal.machine import NotNow
from portal.network.opportunities.models import CardAnswer, OpportunityCard
from portal.network.options import NetworkOption, bodies_with
from portal.organisations.models import Organisation
from portal.policy import Actor, Role, Scope, ScopeKind


def make(session: Session, actor: Actor, body: Organisation, last_day: date, **said: Any) -> OpportunityCard:
    """Show something new to the network until the end of a day; the officers of the other bodies are told."""
    ends = datetime.combine(last_day + timedelta(days=1), time(), LONDON)
    made = OpportunityCard(body_id=body.id, made_at=clock.now(), made_by_id=actor.person_id, expires_at=ends, **said)
    session.add(made)
    session.flush()
    journal.record(session, actor, "opportunities.made", ("opportunity_card", made.id), body=body.id)
    bodies = bodies_with(NetworkOption.NEW_OPPORTUNITIES).order_by("organisation_id")
    for other in (each for each in session.scalars(bodies) if each != body.id):
        for officer in holders(session, Role.PROCUREMENT_OFFICER, Scope(ScopeKind.AUTHORITY, other)):
            if officer != actor.person_id:
                outbox.queue(session, "opportunities.made", officer, card=made.reference, body=other)
    return made


def answer(
    session: Session, actor: Actor, card: OpportunityCard, body: Organisation, *, nurtures: bool, reason: str
) -> None:
    """Say whether a body would nurture it; its sponsor is told.

    Raises `NotNow` once the card has ended, and for the body that shows it: it has said so already.
    """
    hold(session, card)
    if card.body_id == body.id:
        raise NotNow("You show this card yourselves. The other bodies answer it.")
    if card.expires_at <= clock.now():
        raise NotNow("This card has ended.")
    of_body = select(CardAnswer).where(CardAnswer.card_id == card.id, CardAnswer.organisation_id == body.id)
    found = session.scalars(of_body).first()
    if found is None:
        found = CardAnswer(card_id=card.id, organisation_id=body.id)
        session.add(found)
    found.nurtures, found.reason = nurtures, reason
    found.answered_at, found.answered_by_id = clock.now(), actor.person_id
    session.flush()
    subject = ("opportunity_card", card.id)
    journal.record(session, actor, "opportunities.answered", subject, body=body.id, nurtures=nurtures)
    if card.made_by_id is not None:
        outbox.queue(session, "opportunities.answered", card.made_by_id, card=card.reference, about=body.id)

"""What the challenge's own moves do to support: selecting makes plans, inviting tenders publishes the pack."""

from sqlalchemy import select

from portal import outbox
from portal.challenges.models import Challenge
from portal.law.releases import needs_tender_round
from portal.machine import Situation
from portal.support import queries
from portal.support.models import SupportPack, SupportPlan
from portal.support.services import mail_firms


def make_plans(at: Situation[Challenge]) -> None:
    """Give every chosen response its plan, and tell its firm and the advisers; an effect of selecting.

    Where only one person could be its adviser, that person is.
    """
    session, challenge = at.session, at.subject
    advisers = queries.advisers_of(session, challenge)
    only = advisers[0].id if len(advisers) == 1 else None
    planned = set(session.scalars(select(SupportPlan.response_id).where(SupportPlan.challenge_id == challenge.id)))
    new = [response for response in queries.chosen_responses(session, challenge) if response.id not in planned]
    for response in new:
        session.add(
            SupportPlan(
                response_id=response.id,
                challenge_id=challenge.id,
                adviser_id=only,
                state="to_contact",
                state_since=at.now,
                made_at=at.now,
            )
        )
    session.flush()
    mail_firms(session, "support.plan_made", [response.id for response in new])
    if new:
        for adviser in advisers:
            outbox.queue(session, "support.firms_to_contact", adviser.id, challenge_id=challenge.id)


def publish_pack(at: Situation[Challenge]) -> None:
    """Make the facts told to supported firms public; an effect of inviting tenders after an engagement."""
    kind = at.subject.release_kind
    if kind is not None and needs_tender_round(kind) and at.session.get(SupportPack, at.subject.id) is None:
        at.session.add(SupportPack(challenge_id=at.subject.id, published_at=at.now))

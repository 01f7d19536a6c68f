"""What needs advisers, and what showcase guests are invited to."""

from collections.abc import Iterator

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.db import clock
from portal.home.needs import Need
from portal.policy import Actor, Permission, ScopeKind
from portal.showcases.models import ShowcaseEvent
from portal.support.queries import desk

MOST = 60
SAYS = {"to_contact": "Contact a firm that is waiting for help", "under_way": "See a firm through to its showcase"}


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """The firms this adviser's bodies support, and the showcases this guest may see."""
    if actor.where(Permission.SUPPORT_GIVE):
        for plan in session.scalars(desk(actor).limit(MOST)).unique():
            if plan.state in SAYS:
                href = url_for("support.plan", reference=plan.challenge.reference, plan_id=plan.id)
                about = f"{plan.response.organisation.name}, {plan.challenge.title}"
                yield Need(SAYS[plan.state], about, href, waiting_since=plan.state_since)
    invited = [s.id for s in actor.where(Permission.SHOWCASE_ATTEND) if s.kind is ScopeKind.CHALLENGE]
    if not invited:
        return
    events = session.execute(
        select(ShowcaseEvent.reference, ShowcaseEvent.at, Challenge.title)
        .join(Challenge, Challenge.id == ShowcaseEvent.challenge_id)
        .where(ShowcaseEvent.challenge_id.in_(invited))
        .order_by(ShowcaseEvent.at, ShowcaseEvent.id)
        .limit(MOST)
    )
    for reference, at, title in events:
        ahead = at > clock.now()
        said = "Come to the showcase" if ahead else "Say what you thought of the prototypes"
        href = url_for("showcases.guest", reference=reference)
        yield Need(said, title, href, due=at if ahead else None)

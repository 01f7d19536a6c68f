"""What ends when somebody leaves an authority."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import RoleGrant
from portal.challenges.models import Challenge
from portal.policy import Actor, Scope, ScopeKind


def end_roles_in_challenges(session: Session, *, organisation_id: int, person_id: int, actor: Actor) -> None:
    """End what somebody held in the challenges an authority leads. Subscribed to their removal from it."""
    led = session.scalars(
        select(RoleGrant.challenge_id)
        .join(Challenge, Challenge.id == RoleGrant.challenge_id)
        .where(RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None), Challenge.lead_id == organisation_id)
        .distinct()
    ).all()
    if led:
        accounts.end_roles_within(session, actor, person_id, [Scope(ScopeKind.CHALLENGE, key) for key in led])

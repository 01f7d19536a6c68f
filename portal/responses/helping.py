"""Who may read a withdrawn firm's request for help: advisers, and never anybody on the side that buys."""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person, RoleGrant
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.policy import Actor, Permission, ScopeKind, roles_with
from portal.responses.models import HelpRequest

_BUYING = (Part.LEAD, Part.JOINT)


def help_requests(actor: Actor) -> Select[HelpRequest]:
    """The requests nobody has taken yet that this adviser may read, who waits longest first.

    Left out are challenges in which any body this person belongs to buys, or in which they hold a part themselves.
    """
    if not actor.where(Permission.SUPPORT_GIVE):
        return select(HelpRequest).where(HelpRequest.id.is_(None))
    bodies = [grant.scope.id for grant in actor.grants if grant.scope.kind in {ScopeKind.AUTHORITY, ScopeKind.PARTNER}]
    parts = [grant.scope.id for grant in actor.grants if grant.scope.kind is ScopeKind.CHALLENGE]
    return (
        select(HelpRequest)
        .join(Challenge, Challenge.id == HelpRequest.challenge_id)
        .where(
            HelpRequest.taken_at.is_(None),
            Challenge.lead_id.not_in(bodies),
            Challenge.id.not_in(parts),
            ~exists().where(
                ChallengeParty.challenge_id == Challenge.id,
                ChallengeParty.part.in_(_BUYING),
                ChallengeParty.organisation_id.in_(bodies),
            ),
        )
        .options(joinedload(HelpRequest.organisation), joinedload(HelpRequest.asked_by))
        .order_by(HelpRequest.asked_at, HelpRequest.id)
    )


def open_help_requests(session: Session, actor: Actor, *, most: int = 20) -> list[HelpRequest]:
    """The first of the requests that wait for this adviser."""
    return list(session.scalars(help_requests(actor).limit(most)))


def help_request(session: Session, actor: Actor, request_id: int) -> HelpRequest | None:
    """One request that waits for this adviser."""
    return session.scalars(help_requests(actor).where(HelpRequest.id == request_id)).first()


def advisers_beside(session: Session, challenge: Challenge) -> list[int]:
    """The ids of the advisers who may be told that a firm asks for help: none who belongs to a body that buys."""
    buying = select(ChallengeParty.organisation_id).where(
        ChallengeParty.challenge_id == challenge.id, ChallengeParty.part.in_(_BUYING)
    )
    barred = select(RoleGrant.person_id).where(
        RoleGrant.ended_at.is_(None),
        (RoleGrant.organisation_id == challenge.lead_id)
        | RoleGrant.organisation_id.in_(buying)
        | (RoleGrant.challenge_id == challenge.id),
    )
    found = (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.scope_kind == ScopeKind.PARTNER,
            RoleGrant.role.in_(roles_with(Permission.SUPPORT_GIVE)),
            RoleGrant.ended_at.is_(None),
            Person.removed_at.is_(None),
            RoleGrant.person_id.not_in(barred),
        )
        .distinct()
        .order_by(RoleGrant.person_id)
    )
    return list(session.scalars(found))

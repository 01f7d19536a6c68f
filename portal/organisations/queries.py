"""Finding bodies, their people, and who asks to join."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import MailedLink, Person, RoleGrant
from portal.accounts.queries import grants_within, invitations_to
from portal.organisations.models import Directorate, JoinRequest, Organisation
from portal.policy import PORTAL, Actor, Permission, Role, Scope, ScopeKind

_BODIES = frozenset({ScopeKind.AUTHORITY, ScopeKind.SUPPLIER, ScopeKind.PARTNER})
_MANAGED_BY = {
    ScopeKind.AUTHORITY: Permission.AUTHORITY_MANAGE,
    ScopeKind.SUPPLIER: Permission.SUPPLIER_MANAGE,
    ScopeKind.PARTNER: Permission.PORTAL_MANAGE,
}
MANAGES = (Permission.AUTHORITY_MANAGE, Permission.SUPPLIER_MANAGE, Permission.PORTAL_MANAGE)
"""Of these one lets somebody look after a body, held in one of its scopes."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody and everything they hold in one body."""

    person: Person
    grants: tuple[RoleGrant, ...]


def inside(session: Session, actor: Actor, reference: str) -> Organisation | None:
    """A body for its own people and the portal's administrators."""
    return session.scalars(
        select(Organisation)
        .where(Organisation.reference == reference, _mine(actor))
        .options(selectinload(Organisation.directorates))
    ).first()


def mine(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The bodies somebody holds a role in, in the order of names."""
    return session.scalars(
        select(Organisation).where(Organisation.id.in_(_held(actor))).order_by(Organisation.name, Organisation.id)
    ).all()


def managed_sides(actor: Actor, organisation: Organisation) -> tuple[Scope, ...]:
    """The sides of a body that this person looks after; all of them for the portal's administrator."""
    if actor.may(Permission.PORTAL_MANAGE, [PORTAL]):
        return organisation.sides()
    return tuple(side for side in organisation.sides() if actor.may(_MANAGED_BY[side.kind], [side]))


def members(session: Session, organisation: Organisation) -> Sequence[Member]:
    """Everybody with a role in a body, in the order of names."""
    found: dict[int, list[RoleGrant]] = {}
    for grant in grants_within(session, organisation.sides()):
        found.setdefault(grant.person_id, []).append(grant)
    return [Member(grants[0].person, tuple(grants)) for grants in found.values()]


def member(session: Session, organisation: Organisation, person_id: int) -> Member | None:
    """One person with a role in a body."""
    return next((each for each in members(session, organisation) if each.person.id == person_id), None)


def invitations(session: Session, organisation: Organisation) -> Sequence[MailedLink]:
    """Invitations to a body that wait for an answer."""
    return invitations_to(session, organisation.sides()[0])


def invitation(session: Session, organisation: Organisation, key: int) -> MailedLink | None:
    """One of them."""
    return next((each for each in invitations(session, organisation) if each.id == key), None)


def join_requests(session: Session, organisation: Organisation) -> Sequence[JoinRequest]:
    """Who asks to join a body and waits, the longest first."""
    return session.scalars(
        select(JoinRequest)
        .where(JoinRequest.organisation_id == organisation.id, JoinRequest.decided_at.is_(None))
        .options(joinedload(JoinRequest.person))
        .order_by(JoinRequest.asked_at, JoinRequest.id)
        .limit(200)
    ).all()


def my_join_requests(session: Session, actor: Actor) -> Sequence[JoinRequest]:
    """Which bodies somebody has asked to join and waits for."""
    return session.scalars(
        select(JoinRequest)
        .where(JoinRequest.person_id == actor.person_id, JoinRequest.decided_at.is_(None))
        .options(joinedload(JoinRequest.organisation))
        .order_by(JoinRequest.asked_at, JoinRequest.id)
    ).all()


def supplier(session: Session, _actor: Actor, reference: str) -> Organisation | None:
    """A supplier anybody with an account may ask to join."""
    return session.scalars(_suppliers().where(Organisation.reference == reference)).first()


def suppliers_called(session: Session, words: str) -> Sequence[Organisation]:
    """Suppliers whose name holds these words, twenty at most."""
    if not words.strip():
        return []
    named = Organisation.name.icontains(words.strip(), autoescape=True)
    return session.scalars(_suppliers().where(named).order_by(Organisation.name, Organisation.id).limit(20)).all()


def supplier_numbered(session: Session, company_number: str) -> Organisation | None:
    """The supplier with this Companies House number."""
    return session.scalars(_suppliers().where(Organisation.company_number == company_number)).first()


def founded_by(session: Session, person_id: int, name: str) -> Organisation | None:
    """The supplier of this name that somebody looks after."""
    looks_after = select(RoleGrant.organisation_id).where(
        RoleGrant.person_id == person_id, RoleGrant.role == Role.SUPPLIER_ADMINISTRATOR, RoleGrant.ended_at.is_(None)
    )
    return session.scalars(_suppliers().where(Organisation.name == name, Organisation.id.in_(looks_after))).first()


def provisional_of(session: Session, actor: Actor) -> Organisation | None:
    """The supplier somebody began a response as without saying yet who they are."""
    mine = Organisation.id.in_(actor.ids(Permission.SUPPLIER_MANAGE))
    return session.scalars(select(Organisation).where(mine, Organisation.provisional).limit(1)).first()


def bodies() -> Select[Organisation]:
    """Every body, in the order of names, for the portal's administrators."""
    return select(Organisation).where(~Organisation.provisional).order_by(Organisation.name, Organisation.id)


def named(session: Session, text: str) -> Organisation | None:
    """A body by its reference, its code or its exact name, for the command line."""
    return session.scalars(
        select(Organisation)
        .where(or_(Organisation.reference == text, Organisation.code == text, Organisation.name == text))
        .order_by(Organisation.id)
    ).first()


def directorate(session: Session, organisation: Organisation, key: int) -> Directorate | None:
    """One of a body's directorates."""
    found = session.get(Directorate, key)
    return found if found is not None and found.organisation_id == organisation.id else None


def directorates_called(session: Session, organisation: Organisation, name: str) -> Sequence[Directorate]:
    """A body's directorates of this name, in whatever case it is written."""
    return session.scalars(
        select(Directorate)
        .where(Directorate.organisation_id == organisation.id, func.lower(Directorate.name) == name.lower())
        .order_by(Directorate.id)
        .limit(2)
    ).all()


def administrators(session: Session, organisation: Organisation) -> Sequence[int]:
    """Who decides on join requests of a supplier, by id."""
    return [
        grant.person_id
        for grant in grants_within(session, organisation.sides())
        if grant.role is Role.SUPPLIER_ADMINISTRATOR
    ]


def _suppliers() -> Select[Organisation]:
    return select(Organisation).where(Organisation.is_supplier, ~Organisation.provisional)


def _held(actor: Actor) -> list[int]:
    return sorted({held.scope.id for held in actor.grants if held.scope.kind in _BODIES and held.scope.id is not None})


def _mine(actor: Actor) -> ColumnElement[bool]:
    if actor.may(Permission.PORTAL_MANAGE, [PORTAL]):
        return true()
    return Organisation.id.in_(_held(actor))

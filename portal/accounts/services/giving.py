"""Giving and ending roles, at once or by an invitation; who may is `portal.policy.giving`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts import links, queries
from portal.accounts.models import LinkPurpose, MailedLink, Person, RoleGrant
from portal.db import clock
from portal.machine import NotAllowed, NotNow
from portal.policy import PORTAL, Actor, Permission, Role, Scope, ScopeKind, may_give
from portal.policy.giving import FIRST_OF_A_BODY


class Within(Protocol):
    """What a role is held within: an organisation or a challenge. The portal is None."""

    @property
    def id(self) -> Any:
        """Its key."""

    def scopes(self) -> frozenset[Scope]:
        """The scopes in which rights over it are held."""


@dataclass(frozen=True, slots=True)
class Terms:
    """For how long a role is given, and up to what amount."""

    starts_on: date | None = None
    ends_on: date | None = None
    limit_pence: int | None = None


FOR_GOOD = Terms()


def invite(
    session: Session,
    actor: Actor,
    email: str,
    role: Role,
    within: Within | None = None,
    *,
    terms: Terms = FOR_GOOD,
) -> None:
    """Give `role` to whoever has this address: at once if they have an account, by a mailed link if not.

    A supplier's invitation always has to be accepted, so that no firm can take somebody in who does not want it
    (a firm's people may not assess what it answers), nor learn who has an account.

    Raises `NotAllowed` where the actor may not give this role there, `NotNow` where the person holds it already.
    """
    scope, email = _scope(role, within), queries.tidy(email)
    _check(session, actor, role, scope, within, terms)
    person = queries.person_at(session, email)
    if person is not None and person.id in queries.holders(session, role, scope) and role is not Role.DEPUTY:
        raise NotNow(f"{person.name} has this role already: {role.label.lower()}.")
    if person is not None and scope.kind is not ScopeKind.SUPPLIER:
        _give(session, actor.person_id, person, role, scope, terms)
        outbox.queue(session, "accounts.given", person.id, role=role.value, place=_name_of(within))
        return
    for earlier in queries.invitations_to(session, scope):
        if earlier.email == email and earlier.role is role:
            earlier.withdrawn_at = clock.now()
    link = links.make(
        session,
        LinkPurpose.INVITE,
        email,
        role=role,
        place=_name_of(within),
        sent_by_id=actor.person_id,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        limit_pence=terms.limit_pence,
        **_columns(scope),
    )
    journal.record(session, actor, "accounts.invited", ("mailed_link", link.id), role=role.value)
    outbox.queue(session, "accounts.invited", email, link_id=link.id)


def give(
    session: Session,
    actor: Actor,
    person: Person,
    role: Role,
    within: Within | None = None,
    *,
    terms: Terms = FOR_GOOD,
) -> RoleGrant:
    """Give a role to somebody at once. Raises `NotAllowed` or `NotNow` as `invite` does."""
    scope = _scope(role, within)
    _check(session, actor, role, scope, within, terms)
    if person.id in queries.holders(session, role, scope) and role is not Role.DEPUTY:
        raise NotNow(f"{person.name} has this role already: {role.label.lower()}.")
    return _give(session, actor.person_id, person, role, scope, terms)


def give_as_invited(session: Session, person: Person, link: MailedLink) -> None:
    """Give what an invitation promised; one who holds it by now gets nothing twice."""
    assert link.role is not None
    scope = Scope(link.role.scope_kind, link.organisation_id or link.challenge_id)
    if person.id in queries.holders(session, link.role, scope) and link.role is not Role.DEPUTY:
        return
    terms = Terms(link.starts_on, link.ends_on, link.limit_pence)
    _give(session, link.sent_by_id, person, link.role, scope, terms)


def first_grant(session: Session, person: Person, role: Role, scope: Scope, terms: Terms = FOR_GOOD) -> RoleGrant:
    """A role nobody has to be asked for: a new supplier's founder, and what the command line gives."""
    return _give(session, None, person, role, scope, terms)


def end_grant(session: Session, actor: Actor, grant: RoleGrant, within: Within | None = None) -> None:
    """End a role at once. Raises `NotAllowed`, or `NotNow` for the last administrator of a body."""
    scope = _scope(grant.role, within)
    if not may_give(actor, grant.role, _scopes(within), first=True):
        raise NotAllowed(f"You may not end the role {grant.role.label.lower()} here.")
    _keep_an_administrator(session, actor, grant.person_id, [grant.role], scope)
    _end(session, actor, grant)


def end_roles_within(session: Session, actor: Actor, person_id: int, scopes: Iterable[Scope]) -> int:
    """End everything somebody holds within some scopes at once, and answer how many roles that was.

    Whether `actor` may is the caller's to say. Raises `NotNow` for the last administrator of a body.
    """
    ended = [each for each in queries.grants_within(session, list(scopes)) if each.person_id == person_id]
    for grant in ended:
        scope = Scope(grant.scope_kind, grant.organisation_id or grant.challenge_id)
        _keep_an_administrator(session, actor, person_id, [grant.role], scope)
        _end(session, actor, grant)
    return len(ended)


def withdraw_invitation(session: Session, actor: Actor, link: MailedLink, within: Within | None = None) -> None:
    """Take an invitation back; its link no longer works. Raises `NotAllowed`."""
    assert link.role is not None
    if not may_give(actor, link.role, _scopes(within), first=True):
        raise NotAllowed("You may not take this invitation back.")
    link.withdrawn_at = clock.now()
    journal.record(session, actor, "accounts.invitation_withdrawn", ("mailed_link", link.id))


def _check(session: Session, actor: Actor, role: Role, scope: Scope, within: Within | None, terms: Terms) -> None:
    first = role in FIRST_OF_A_BODY and not queries.holders(session, role, scope)
    if scope not in _scopes(within) or not may_give(actor, role, _scopes(within), first=first):
        raise NotAllowed(f"You may not give the role {role.label.lower()} here.")
    if role is Role.DEPUTY and not (terms.starts_on and terms.ends_on and terms.starts_on <= terms.ends_on):
        raise NotNow("A deputy is named from one day to another, the first not after the last.")


def _keep_an_administrator(session: Session, actor: Actor, person_id: int, roles: Iterable[Role], scope: Scope) -> None:
    """Only the portal's administrator may leave a body without one of its own (to name the next)."""
    for role in FIRST_OF_A_BODY.intersection(roles):
        if set(queries.holders(session, role, scope)) == {person_id} and not actor.may(
            Permission.PORTAL_MANAGE, [PORTAL]
        ):
            raise NotNow("Somebody has to look after this organisation: name another administrator first.")


def _give(session: Session, giver_id: int | None, person: Person, role: Role, scope: Scope, terms: Terms) -> RoleGrant:
    grant = RoleGrant(
        person_id=person.id,
        role=role,
        scope_kind=scope.kind,
        granted_by_id=giver_id,
        granted_at=clock.now(),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        limit_pence=terms.limit_pence,
        **_columns(scope),
    )
    session.add(grant)
    session.flush()
    journal.record(
        session, Actor(giver_id, ""), "accounts.role_given", ("person", person.id), role=role.value, scope=_word(scope)
    )
    return grant


def _end(session: Session, actor: Actor, grant: RoleGrant) -> None:
    grant.ended_at = clock.now()
    scope = Scope(grant.scope_kind, grant.organisation_id or grant.challenge_id)
    journal.record(
        session,
        actor,
        "accounts.role_ended",
        ("person", grant.person_id),
        role=grant.role.value,
        scope=_word(scope),
    )


def _scope(role: Role, within: Within | None) -> Scope:
    return PORTAL if role.scope_kind is ScopeKind.PORTAL else Scope(role.scope_kind, within.id if within else None)


def _scopes(within: Within | None) -> frozenset[Scope]:
    return within.scopes() if within else frozenset({PORTAL})


def _columns(scope: Scope) -> dict[str, int | None]:
    if scope.kind is ScopeKind.CHALLENGE:
        return {"challenge_id": scope.id}
    return {} if scope.kind is ScopeKind.PORTAL else {"organisation_id": scope.id}


def _word(scope: Scope) -> str:
    return scope.kind.value if scope.id is None else f"{scope.kind.value}:{scope.id}"


def _name_of(within: Within | None) -> str:
    name = getattr(within, "title", None) or getattr(within, "name", "the portal")
    return " ".join(str(name).split())[:200]

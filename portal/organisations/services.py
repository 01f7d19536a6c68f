"""Founding bodies, describing them, and letting people in and out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts import services as accounts
from portal.accounts.identity import actor_of
from portal.accounts.models import Person, RoleGrant
from portal.accounts.services.giving import first_grant
from portal.db import clock, expect_version, hold
from portal.machine import NotAllowed, NotNow
from portal.organisations import queries
from portal.organisations.models import Directorate, JoinRequest, Organisation, SupplierKind
from portal.policy import PORTAL, Actor, Permission, Role, Scope, ScopeKind
from portal.workflow.announcements import announce

PERSON_REMOVED = "organisations.person_removed"
"""Announced with `organisation_id`, `person_id` and `actor`: whatever else they hold through that body ends too."""

DESCRIBED = "organisations.described"
"""Announced with `organisation` when a body was founded or changed what it says of itself."""

NOT_YET_NAMED = "Supplier not yet named"


class CodeTaken(Exception):
    """Another body has this short code."""

    SENTENCE = "Another body has this code. Choose another."


class NameTaken(Exception):
    """This body has a directorate of this name."""

    SENTENCE = "There is a directorate of this name already."


def found_supplier(session: Session, actor: Actor, **described: Any) -> Organisation:
    """Register a supplier; whoever does becomes its administrator. Doing it twice at once makes one."""
    person = session.get_one(Person, actor.person_id, with_for_update=True)
    same = queries.founded_by(session, person.id, described["name"])
    if same is not None:
        return same
    organisation = Organisation(is_supplier=True, created_at=clock.now(), **described)
    _found(session, actor, organisation)
    first_grant(session, person, Role.SUPPLIER_ADMINISTRATOR, _supplier(organisation))
    return organisation


def found_for_starter(session: Session, person_id: int) -> None:
    """A supplier for somebody who begins a response with no more than an address; they say later who they are.

    Subscribed to `accounts.started`. Whoever acts for a supplier already keeps that one.
    """
    person = session.get_one(Person, person_id)
    if _acts_for_supplier(session, person):
        return
    kind = SupplierKind.SOLE_TRADER
    organisation = Organisation(
        name=NOT_YET_NAMED, is_supplier=True, provisional=True, supplier_kind=kind, created_at=clock.now()
    )
    _found(session, Actor(person.id, person.name), organisation)
    first_grant(session, person, Role.SUPPLIER_ADMINISTRATOR, _supplier(organisation))


def found_body(session: Session, actor: Actor, **described: Any) -> Organisation:
    """Take an authority or a partner into the region.

    Raises `NotAllowed` for all but the portal's administrators, `CodeTaken` where the code is another's.
    """
    if not actor.may(Permission.PORTAL_MANAGE, [PORTAL]):
        raise NotAllowed("Only the portal’s administrators take bodies in.")
    organisation = Organisation(created_at=clock.now(), **described)
    _found(session, actor, organisation)
    return organisation


def describe(session: Session, actor: Actor, organisation: Organisation, version: int | None, **described: Any) -> None:
    """Change what a body says of itself. Raises `Conflict` if somebody else did meanwhile, or `CodeTaken`."""
    expect_version(organisation, version)
    with _own_code(session):
        for name, value in described.items():
            setattr(organisation, name, value)
        organisation.provisional = False
    journal.record(session, actor, "organisations.described", ("organisation", organisation.id))
    announce(session, DESCRIBED, organisation=organisation)


def ask_to_join(session: Session, actor: Actor, organisation: Organisation) -> None:
    """Ask to join a supplier; its administrators are told. Raises `NotNow` for whoever is there or has asked."""
    if any(held.scope == _supplier(organisation) for held in actor.grants):
        raise NotNow(f"You belong to {organisation.name} already.")
    session.get_one(Person, actor.person_id, with_for_update=True)
    if any(each.organisation_id == organisation.id for each in queries.my_join_requests(session, actor)):
        raise NotNow(f"You have asked to join {organisation.name} already. Its administrator decides.")
    request = JoinRequest(organisation_id=organisation.id, person_id=actor.person_id, asked_at=clock.now())
    session.add(request)
    session.flush()
    journal.record(session, actor, "organisations.join_asked", ("join_request", request.id))
    for person_id in queries.administrators(session, organisation):
        outbox.queue(session, "organisations.join_asked", person_id, request_id=request.id)


def decide_join(session: Session, actor: Actor, organisation: Organisation, key: int, *, accept: bool) -> JoinRequest:
    """Let somebody in who asked, or not. Raises `NotAllowed`, or `NotNow` if that was decided already."""
    if not actor.may(Permission.SUPPLIER_MANAGE, [_supplier(organisation)]):
        raise NotAllowed("Only an administrator of the organisation decides who joins it.")
    request = session.get(JoinRequest, key, with_for_update=True)
    if request is None or request.organisation_id != organisation.id or request.decided_at is not None:
        raise NotNow("Somebody has decided this already.")
    request.decided_at, request.decided_by_id, request.accepted = clock.now(), actor.person_id, accept
    person = session.get_one(Person, request.person_id)
    if accept and not queries.member(session, organisation, person.id):
        accounts.give(session, actor, person, Role.SUPPLIER_MEMBER, organisation)
    journal.record(session, actor, "organisations.join_decided", ("join_request", request.id), accepted=accept)
    outbox.queue(session, "organisations.join_decided", person.id, request_id=request.id)
    return request


def remove_person(session: Session, actor: Actor, organisation: Organisation, person: Person) -> None:
    """End what somebody holds in a body, and every sign-in of theirs, at once. People may remove themselves.

    Raises `NotAllowed` for whoever does not look after the body, `NotNow` for its last administrator.
    """
    sides = organisation.sides() if actor.person_id == person.id else queries.managed_sides(actor, organisation)
    if not sides:
        raise NotAllowed("Only an administrator of the organisation removes people from it.")
    hold(session, organisation)
    if not accounts.end_roles_within(session, actor, person.id, sides):
        raise NotNow(f"{person.name} holds no role here that you could end.")
    accounts.end_sign_ins(session, person.id)
    announce(session, PERSON_REMOVED, organisation_id=organisation.id, person_id=person.id, actor=actor)
    journal.record(
        session, actor, "organisations.person_removed", ("organisation", organisation.id), person_id=person.id
    )
    outbox.queue(session, "organisations.removed", person.id, organisation_id=organisation.id)


def end_role(session: Session, actor: Actor, organisation: Organisation, grant: RoleGrant) -> None:
    """End one role at once. Raises `NotAllowed`, or `NotNow` for the last administrator."""
    hold(session, organisation)
    accounts.end_grant(session, actor, grant, organisation)


def add_directorate(session: Session, actor: Actor, organisation: Organisation, name: str) -> None:
    """A part of an authority that may own problems. Raises `NameTaken` for a second one of the same name."""
    _check_name_is_free(session, organisation, name)
    directorate = Directorate(organisation_id=organisation.id, name=name)
    session.add(directorate)
    session.flush()
    journal.record(session, actor, "organisations.directorate_added", ("directorate", directorate.id))


def rename_directorate(session: Session, actor: Actor, directorate: Directorate, name: str) -> None:
    """Call a directorate what it is called now. Raises `NameTaken` where another one is called that."""
    _check_name_is_free(session, session.get_one(Organisation, directorate.organisation_id), name, but=directorate)
    directorate.name = name
    journal.record(session, actor, "organisations.directorate_renamed", ("directorate", directorate.id))


def _check_name_is_free(
    session: Session, organisation: Organisation, name: str, but: Directorate | None = None
) -> None:
    hold(session, organisation)
    if any(each is not but for each in queries.directorates_called(session, organisation, name)):
        raise NameTaken


def _found(session: Session, actor: Actor, organisation: Organisation) -> None:
    with _own_code(session):
        session.add(organisation)
    journal.record(session, actor, "organisations.founded", ("organisation", organisation.id))
    announce(session, DESCRIBED, organisation=organisation)


@contextmanager
def _own_code(session: Session) -> Iterator[None]:
    try:
        with session.begin_nested():
            yield
    except IntegrityError:
        raise CodeTaken from None


def _supplier(organisation: Organisation) -> Scope:
    return Scope(ScopeKind.SUPPLIER, organisation.id)


def _acts_for_supplier(session: Session, person: Person) -> bool:
    return bool(actor_of(session, person).ids(Permission.RESPONSE_WRITE))

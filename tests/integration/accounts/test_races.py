"""Two at the same moment, with real threads and real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from portal.accounts import services, throttle
from portal.accounts.links import LinkSpent
from portal.accounts.models import Attempt, LinkPurpose, Person, RoleGrant
from portal.db import Database
from portal.machine import NotNow
from portal.organisations import services as organisations
from portal.organisations.models import Organisation
from portal.policy import Actor, Role
from tests.integration.accounts.conftest import DIGEST
from tests.support import make


def at_once(act: Callable[[int], Any], many: int) -> list[Any]:
    """What each of `many` threads came to, started together: its answer or its refusal."""
    barrier = Barrier(many)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return act(number)
        except Exception as refusal:
            return refusal

    with ThreadPoolExecutor(many) as threads:
        return list(threads.map(one, range(many)))


def test_a_link_used_twice_at_once_makes_one_account(database: Database) -> None:
    from portal.accounts import links

    with database.writing() as session:
        link = links.make(session, LinkPurpose.CONFIRM, "new@example.org")
        token = links.token_of(link)

    def confirm(_: int) -> int:
        with database.writing() as session:
            return services.confirm(session, token, name="New", password_digest=DIGEST).id

    came = at_once(confirm, 4)
    assert sorted(isinstance(each, LinkSpent) for each in came) == [False, True, True, True]


def test_two_links_to_one_address_used_at_once_make_one_account(database: Database) -> None:
    from portal.accounts import links

    with database.writing() as session:
        tokens = [links.token_of(links.make(session, LinkPurpose.CONFIRM, "new@example.org")) for _ in range(3)]

    def confirm(number: int) -> int:
        with database.writing() as session:
            return services.confirm(session, tokens[number], name="New", password_digest=DIGEST).id

    came = at_once(confirm, 3)
    assert sorted(isinstance(each, LinkSpent) for each in came) == [False, True, True]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_no_try_slips_through_when_many_come_at_once(database: Database) -> None:
    def count(_: int) -> object:
        with database.writing() as session:
            tries = [throttle.SIGN_IN_BY_ADDRESS.by("a@example.org"), throttle.SIGN_IN_BY_CLIENT.by("203.0.113.9")]
            return throttle.count(session, tries)

    came = at_once(count, 16)
    assert sum(each is None for each in came) == throttle.SIGN_IN_BY_ADDRESS.tries
    assert not any(isinstance(each, Exception) for each in came)
    with database.reading() as session:
        assert sorted(session.scalars(select(Attempt.count))) == [16, 16]


def test_two_administrators_who_remove_each_other_leave_one(database: Database) -> None:
    with database.writing() as session:
        body = make.authority(session)
        pair = [make.person_as(session, Role.AUTHORITY_ADMINISTRATOR, body) for _ in range(2)]

    def remove(number: int) -> str:
        from portal.accounts.identity import actor_of

        with database.writing() as session:
            actor = actor_of(session, session.get_one(Person, pair[number].id))
            other = session.get_one(Person, pair[1 - number].id)
            organisations.remove_person(session, actor, session.get_one(Organisation, body.id), other)
            return "removed"

    came = at_once(remove, 2)
    with database.reading() as session:
        left = session.scalars(select(RoleGrant.person_id).where(RoleGrant.ended_at.is_(None))).all()
    assert len(left) == 1, came
    assert sum(each == "removed" for each in came) == 1, came


def test_registering_twice_at_once_makes_one_firm(database: Database) -> None:
    with database.writing() as session:
        person = make.person(session)

    def found(_: int) -> int:
        from portal.organisations.models import SupplierKind

        with database.writing() as session:
            actor = Actor(person.id, person.name)
            kind = SupplierKind.SOLE_TRADER
            firm = organisations.found_supplier(session, actor, name="Bakery", supplier_kind=kind, postcode="B30 2TT")
            return firm.id

    came = at_once(found, 3)
    assert len(set(came)) == 1, came


def test_asking_to_join_twice_at_once_asks_once(database: Database) -> None:
    with database.writing() as session:
        firm, person = make.supplier(session), make.person(session)

    def ask(_: int) -> str:
        with database.writing() as session:
            actor = Actor(person.id, person.name)
            organisations.ask_to_join(session, actor, session.get_one(Organisation, firm.id))
            return "asked"

    came = at_once(ask, 3)
    assert sum(each == "asked" for each in came) == 1, came
    assert sum(isinstance(each, NotNow) for each in came) == 2, came

"""Rights come from grants within scopes, and from nowhere else."""

import pytest

from portal.policy import (
    CLOCK,
    NOBODY,
    PERMISSIONS,
    PORTAL,
    Actor,
    Asker,
    Grant,
    Permission,
    Role,
    Scope,
    ScopeKind,
    roles_with,
)

HERE = Scope(ScopeKind.AUTHORITY, 7)
OFFICER = Actor(1, "Officer", (Grant(Role.PROCUREMENT_OFFICER, HERE),))


def test_a_role_counts_only_within_its_scope() -> None:
    assert OFFICER.may(Permission.CHALLENGE_PROCURE, {HERE})
    assert not OFFICER.may(Permission.CHALLENGE_PROCURE, {Scope(ScopeKind.AUTHORITY, 8)})


def test_the_same_number_on_another_side_of_the_table_is_another_scope() -> None:
    assert not OFFICER.may(Permission.CHALLENGE_PROCURE, {Scope(ScopeKind.SUPPLIER, 7), Scope(ScopeKind.CHALLENGE, 7)})


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("scopes", [{HERE}, {HERE, PORTAL}, set()], ids=len)
def test_everything_somebody_may_is_what_they_may_one_by_one(role: Role, scopes: set[Scope]) -> None:
    elsewhere = Grant(Role.BUDGET_HOLDER, Scope(ScopeKind.AUTHORITY, 8))
    actor = Actor(1, "Somebody", (Grant(role, HERE), elsewhere))
    assert actor.permissions(scopes) == {each for each in Permission if actor.may(each, scopes)}


@pytest.mark.parametrize("nobody", [NOBODY, CLOCK])
@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_and_the_clock_may_nothing(nobody: Actor, permission: Permission) -> None:
    assert not nobody.may(permission, {PORTAL, HERE})


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_scope_and_brings_something(role: Role) -> None:
    assert role.scope_kind in ScopeKind
    assert PERMISSIONS[role]


@pytest.mark.parametrize("permission", list(Permission))
def test_every_permission_is_brought_by_some_role_or_by_having_asked(permission: Permission) -> None:
    asker = Asker.of(Actor(2, "Somebody"))
    assert roles_with(permission) or asker.may(permission, {HERE})


def test_having_asked_brings_nothing_else() -> None:
    person = Actor(2, "Somebody")
    brought = {each for each in Permission if Asker.of(person).may(each, {HERE})}
    assert brought == {Permission.QUESTION_OWN}
    assert not person.may(Permission.QUESTION_OWN, {HERE})
    assert not OFFICER.may(Permission.QUESTION_OWN, {HERE})


def test_no_role_of_a_buyer_is_a_right_of_a_firm() -> None:
    firm = PERMISSIONS[Role.SUPPLIER_ADMINISTRATOR] | PERMISSIONS[Role.SUPPLIER_MEMBER]
    buyer = {role for role in Role if role.scope_kind in {ScopeKind.AUTHORITY, ScopeKind.CHALLENGE}}
    assert not firm & frozenset().union(*(PERMISSIONS[role] for role in buyer))


def test_nobody_both_shapes_a_brief_and_procures_it_by_one_role() -> None:
    for role, brings in PERMISSIONS.items():
        assert not {Permission.CHALLENGE_SHAPE, Permission.CHALLENGE_PROCURE} <= brings, role
        assert not {Permission.CHALLENGE_LEAD, Permission.FUNDING_DECIDE} <= brings, role

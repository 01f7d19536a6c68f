import pytest

from portal.policy import PORTAL, Actor, Grant, Permission, Role, Scope, ScopeKind, may_give
from portal.policy.giving import GIVEN_BY

HERE, ELSEWHERE = 7, 8
CHALLENGE = frozenset({Scope(ScopeKind.CHALLENGE, 3), Scope(ScopeKind.AUTHORITY, HERE)})
ORGANISATION = frozenset(
    {Scope(kind, HERE) for kind in ScopeKind if kind.value in {"authority", "supplier", "partner"}}
)


def holding(role: Role, organisation: int = HERE, challenge: int = 3) -> Actor:
    kind = role.scope_kind
    key = {ScopeKind.PORTAL: None, ScopeKind.CHALLENGE: challenge}.get(kind, organisation)
    return Actor(1, "Somebody", (Grant(role, Scope(kind, key)),))


def places(role: Role) -> frozenset[Scope]:
    return CHALLENGE if role.scope_kind is ScopeKind.CHALLENGE else ORGANISATION | {PORTAL}


GIVERS = {
    Role.ADMINISTRATOR: {Role.ADMINISTRATOR},
    Role.COORDINATOR: {Role.ADMINISTRATOR},
    Role.SUPPORT_ADVISER: {Role.ADMINISTRATOR},
    Role.AUTHORITY_ADMINISTRATOR: {Role.AUTHORITY_ADMINISTRATOR},
    Role.PROCUREMENT_OFFICER: {Role.AUTHORITY_ADMINISTRATOR},
    Role.BUDGET_HOLDER: {Role.AUTHORITY_ADMINISTRATOR},
    Role.CHALLENGE_OWNER: {Role.AUTHORITY_ADMINISTRATOR},
    Role.SUPPLIER_ADMINISTRATOR: {Role.SUPPLIER_ADMINISTRATOR},
    Role.SUPPLIER_MEMBER: {Role.SUPPLIER_ADMINISTRATOR},
    Role.ASSESSOR: {Role.CHALLENGE_OWNER, Role.PROCUREMENT_OFFICER, Role.DEPUTY},
    Role.OPENER: {Role.PROCUREMENT_OFFICER},
    Role.SHOWCASE_GUEST: {Role.CHALLENGE_OWNER, Role.PROCUREMENT_OFFICER, Role.DEPUTY},
    Role.DEPUTY: {Role.CHALLENGE_OWNER, Role.AUTHORITY_ADMINISTRATOR},
}


def test_every_role_can_be_given_by_somebody() -> None:
    assert set(GIVEN_BY) == set(GIVERS) == set(Role)


@pytest.mark.parametrize("giver", Role)
@pytest.mark.parametrize("given", Role)
def test_each_role_is_given_by_whoever_runs_its_scope_and_by_nobody_else(giver: Role, given: Role) -> None:
    assert may_give(holding(giver), given, places(given)) == (giver in GIVERS[given])


@pytest.mark.parametrize("given", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.COORDINATOR}])
def test_nobody_gives_roles_in_another_organisation(given: Role) -> None:
    for giver in GIVERS[given] - {Role.ADMINISTRATOR}:
        assert not may_give(holding(giver, ELSEWHERE, challenge=4), given, places(given))


@pytest.mark.parametrize("given", Role)
def test_the_portals_administrator_names_only_the_first_of_a_bodys_administrators(given: Role) -> None:
    administrator = holding(Role.ADMINISTRATOR)
    firsts = {Role.AUTHORITY_ADMINISTRATOR, Role.SUPPLIER_ADMINISTRATOR}
    always = Permission.PORTAL_MANAGE in GIVEN_BY[given]
    assert may_give(administrator, given, places(given)) == always
    assert may_give(administrator, given, places(given), first=True) == (always or given in firsts)

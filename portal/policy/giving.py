"""Who may give which role: only people who run the scope it counts in, and never more than they may."""

from collections.abc import Iterable

from portal.policy.actor import Actor
from portal.policy.scopes import PORTAL, Scope, ScopeKind
from portal.policy.table import Permission, Role

_P = Permission
GIVEN_BY: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({_P.PORTAL_MANAGE}),
    Role.COORDINATOR: frozenset({_P.PORTAL_MANAGE}),
    Role.SUPPORT_ADVISER: frozenset({_P.PORTAL_MANAGE}),
    Role.AUTHORITY_ADMINISTRATOR: frozenset({_P.AUTHORITY_MANAGE}),
    Role.PROCUREMENT_OFFICER: frozenset({_P.AUTHORITY_MANAGE}),
    Role.BUDGET_HOLDER: frozenset({_P.AUTHORITY_MANAGE}),
    Role.CHALLENGE_OWNER: frozenset({_P.AUTHORITY_MANAGE}),
    Role.SUPPLIER_ADMINISTRATOR: frozenset({_P.SUPPLIER_MANAGE}),
    Role.SUPPLIER_MEMBER: frozenset({_P.SUPPLIER_MANAGE}),
    Role.ASSESSOR: frozenset({_P.CHALLENGE_LEAD, _P.CHALLENGE_PROCURE}),
    Role.OPENER: frozenset({_P.CHALLENGE_PROCURE}),
    Role.SHOWCASE_GUEST: frozenset({_P.CHALLENGE_LEAD, _P.CHALLENGE_PROCURE}),
    Role.DEPUTY: frozenset({_P.CHALLENGE_LEAD, _P.AUTHORITY_MANAGE}),
}
"""The permissions of which one is enough to give a role, held where the role will count."""

FIRST_OF_A_BODY = frozenset({Role.AUTHORITY_ADMINISTRATOR, Role.SUPPLIER_ADMINISTRATOR})
"""Roles the portal's administrator may give too, while a body has nobody who holds them."""


def may_give(actor: Actor, role: Role, scopes: Iterable[Scope], *, first: bool = False) -> bool:
    """Whether `actor` may give `role` within an object that has `scopes`; `first`: nobody there holds it yet.

    A deputy holds their rights in the challenge itself and so cannot name deputies of their own.
    """
    if first and role in FIRST_OF_A_BODY and actor.may(Permission.PORTAL_MANAGE, [PORTAL]):
        return True
    return any(actor.may(permission, _where_it_counts(role, scopes)) for permission in GIVEN_BY[role])


def _where_it_counts(role: Role, scopes: Iterable[Scope]) -> list[Scope]:
    if role is Role.SUPPORT_ADVISER or role.scope_kind is ScopeKind.PORTAL:
        return [PORTAL]
    if role is Role.DEPUTY:
        return [scope for scope in scopes if scope.kind is ScopeKind.AUTHORITY]
    if role.scope_kind is ScopeKind.CHALLENGE:
        return list(scopes)
    return [scope for scope in scopes if scope.kind is role.scope_kind]

"""Who may do what: roles held within scopes, and the one table that says what each role brings."""

from portal.policy.actor import CLOCK, NOBODY, Actor, Asker, Grant
from portal.policy.giving import may_give
from portal.policy.scopes import PORTAL, Scope, ScopeKind
from portal.policy.table import PERMISSIONS, Permission, Role, roles_with

__all__ = [
    "CLOCK",
    "NOBODY",
    "PERMISSIONS",
    "PORTAL",
    "Actor",
    "Asker",
    "Grant",
    "Permission",
    "Role",
    "Scope",
    "ScopeKind",
    "may_give",
    "roles_with",
]

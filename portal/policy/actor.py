"""Whoever acts: a signed-in person with their grants, nobody in particular, or the clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.policy.scopes import Scope
from portal.policy.table import PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held within a scope, today (grants out of their dates are never loaded)."""

    role: Role
    scope: Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and the grants they hold. Rights are asked of grants and objects, never of a “current role”."""

    person_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()

    def may(self, permission: Permission, scopes: Iterable[Scope]) -> bool:
        """Whether any grant brings `permission` within any of `scopes`."""
        within = frozenset(scopes)
        return any(permission in PERMISSIONS[held.role] and held.scope in within for held in self.grants)

    def permissions(self, scopes: Iterable[Scope]) -> frozenset[Permission]:
        """Everything this person may do within any of `scopes`, for pages that ask of many permissions at once."""
        within = frozenset(scopes)
        return frozenset().union(*(PERMISSIONS[held.role] for held in self.grants if held.scope in within))

    def where(self, permission: Permission) -> frozenset[Scope]:
        """The scopes in which this person has `permission`, for queries that list what they may see."""
        return frozenset(held.scope for held in self.grants if permission in PERMISSIONS[held.role])

    def ids(self, permission: Permission) -> frozenset[int]:
        """As `where`, the ids alone: organisations or challenges, depending on the permission's roles."""
        return frozenset(scope.id for scope in self.where(permission) if scope.id is not None)

    @property
    def signed_in(self) -> bool:
        """Whether this is a person who has signed in."""
        return self.person_id is not None


@dataclass(frozen=True, slots=True)
class Asker(Actor):
    """Whoever asked a question, acting on that one; made only where it is known that they did."""

    @classmethod
    def of(cls, actor: Actor) -> "Asker":
        """The same person, as the one who asked."""
        return cls(actor.person_id, actor.name, actor.grants)

    def may(self, permission: Permission, scopes: Iterable[Scope]) -> bool:
        """As everywhere, and what only the asker may."""
        return permission is Permission.QUESTION_OWN or Actor.may(self, permission, scopes)


NOBODY = Actor(None, "Nobody")
CLOCK = Actor(None, "The clock")

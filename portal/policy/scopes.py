"""Scopes: the part of the world within which a role counts."""

from enum import StrEnum
from typing import NamedTuple


class ScopeKind(StrEnum):
    """An organisation can be authority, supplier and partner at once, so each side is a scope of its own."""

    PORTAL = "portal"
    AUTHORITY = "authority"
    SUPPLIER = "supplier"
    PARTNER = "partner"
    CHALLENGE = "challenge"


class Scope(NamedTuple):
    """A kind and the id of the organisation or challenge; the portal has none."""

    kind: ScopeKind
    id: int | None = None


PORTAL = Scope(ScopeKind.PORTAL)

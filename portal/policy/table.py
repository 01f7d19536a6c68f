"""The permission table: one row a role. Every right in the portal is a cell of it."""

from enum import StrEnum

from portal.policy.scopes import ScopeKind


class Role(StrEnum):
    """What a person can be within a scope; the same person may be several things in several places."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    AUTHORITY_ADMINISTRATOR = "authority_administrator"
    PROCUREMENT_OFFICER = "procurement_officer"
    BUDGET_HOLDER = "budget_holder"
    CHALLENGE_OWNER = "challenge_owner"
    SUPPORT_ADVISER = "support_adviser"
    SUPPLIER_ADMINISTRATOR = "supplier_administrator"
    SUPPLIER_MEMBER = "supplier_member"
    ASSESSOR = "assessor"
    OPENER = "opener"
    SHOWCASE_GUEST = "showcase_guest"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        """The role in words, as a page shows it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def scope_kind(self) -> ScopeKind:
        """The kind of scope this role is held in."""
        return _SCOPE_OF[self]


class Permission(StrEnum):
    """A right, asked of a person's grants and an object's scopes.

    `QUESTION_OWN` is brought by no role: whoever asked a question has it over that one (`policy.Asker`).
    """

    CHALLENGE_SEE = "challenge.see"
    CHALLENGE_START = "challenge.start"
    CHALLENGE_SHAPE = "challenge.shape"
    CHALLENGE_LEAD = "challenge.lead"
    CHALLENGE_PROCURE = "challenge.procure"
    FUNDING_DECIDE = "funding.decide"
    RESPONSES_OPEN = "responses.open"
    RESPONSES_READ = "responses.read"
    ASSESS = "assess"
    SUPPORT_GIVE = "support.give"
    SUPPORT_RUN = "support.run"
    SHOWCASE_ATTEND = "showcase.attend"
    CONFLICT_DECLARE = "conflict.declare"
    QUESTION_ANSWER = "question.answer"
    QUESTION_OWN = "question.own"
    RESPONSE_WRITE = "response.write"
    SUPPLIER_MANAGE = "supplier.manage"
    AUTHORITY_MANAGE = "authority.manage"
    NETWORK_SEE = "network.see"
    PORTAL_MANAGE = "portal.manage"


_SCOPE_OF = {
    Role.ADMINISTRATOR: ScopeKind.PORTAL,
    Role.COORDINATOR: ScopeKind.PORTAL,
    Role.AUTHORITY_ADMINISTRATOR: ScopeKind.AUTHORITY,
    Role.PROCUREMENT_OFFICER: ScopeKind.AUTHORITY,
    Role.BUDGET_HOLDER: ScopeKind.AUTHORITY,
    Role.CHALLENGE_OWNER: ScopeKind.AUTHORITY,
    Role.SUPPORT_ADVISER: ScopeKind.PARTNER,
    Role.SUPPLIER_ADMINISTRATOR: ScopeKind.SUPPLIER,
    Role.SUPPLIER_MEMBER: ScopeKind.SUPPLIER,
    Role.ASSESSOR: ScopeKind.CHALLENGE,
    Role.OPENER: ScopeKind.CHALLENGE,
    Role.SHOWCASE_GUEST: ScopeKind.CHALLENGE,
    Role.DEPUTY: ScopeKind.CHALLENGE,
}

_P = Permission
_OWNING = frozenset(
    {
        _P.CHALLENGE_SEE,
        _P.CHALLENGE_SHAPE,
        _P.CHALLENGE_LEAD,
        _P.SUPPORT_RUN,
        _P.RESPONSES_READ,
        _P.CONFLICT_DECLARE,
        _P.QUESTION_ANSWER,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({_P.PORTAL_MANAGE}),
    Role.COORDINATOR: frozenset({_P.NETWORK_SEE}),
    Role.AUTHORITY_ADMINISTRATOR: frozenset({_P.AUTHORITY_MANAGE, _P.CHALLENGE_SEE}),
    Role.PROCUREMENT_OFFICER: frozenset(
        {
            _P.CHALLENGE_SEE,
            _P.CHALLENGE_START,
            _P.CHALLENGE_PROCURE,
            _P.RESPONSES_OPEN,
            _P.RESPONSES_READ,
            _P.CONFLICT_DECLARE,
            _P.QUESTION_ANSWER,
        }
    ),
    Role.BUDGET_HOLDER: frozenset({_P.CHALLENGE_SEE, _P.FUNDING_DECIDE, _P.CONFLICT_DECLARE}),
    Role.CHALLENGE_OWNER: _OWNING | {_P.CHALLENGE_START},
    Role.SUPPORT_ADVISER: frozenset({_P.SUPPORT_GIVE, _P.SUPPORT_RUN, _P.CONFLICT_DECLARE}),
    Role.SUPPLIER_ADMINISTRATOR: frozenset({_P.RESPONSE_WRITE, _P.SUPPLIER_MANAGE}),
    Role.SUPPLIER_MEMBER: frozenset({_P.RESPONSE_WRITE}),
    Role.ASSESSOR: frozenset({_P.ASSESS, _P.CONFLICT_DECLARE}),
    Role.OPENER: frozenset({_P.RESPONSES_OPEN, _P.CONFLICT_DECLARE}),
    Role.SHOWCASE_GUEST: frozenset({_P.SHOWCASE_ATTEND}),
    Role.DEPUTY: _OWNING,
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """Every role that brings `permission`, for saying who may make a move."""
    return frozenset(role for role, brings in PERMISSIONS.items() if permission in brings)

"""Which roles somebody may give in a body."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.accounts.queries import holders
from portal.organisations.models import Organisation
from portal.policy import Actor, Role, Scope, may_give
from portal.policy.giving import FIRST_OF_A_BODY


def givable(session: Session, actor: Actor, organisation: Organisation) -> Sequence[Role]:
    """The roles of a body's sides that this person may give, in the order of the permission table."""
    kinds = {side.kind for side in organisation.sides()}
    return [
        role
        for role in Role
        if role.scope_kind in kinds
        and may_give(actor, role, organisation.scopes(), first=_vacant(session, role, organisation))
    ]


def _vacant(session: Session, role: Role, organisation: Organisation) -> bool:
    return role in FIRST_OF_A_BODY and not holders(session, role, Scope(role.scope_kind, organisation.id))

"""What is done to accounts; a stand-in until the accounts' own services are merged."""

from typing import Any

from sqlalchemy.orm import Session

from portal import outbox
from portal.policy import Actor, Role


def invite(session: Session, actor: Actor, email: str, role: Role, within: Any) -> None:
    """Mail an invitation to `role` within a challenge."""
    outbox.queue(session, "accounts.invited", email, role=role.value, challenge_id=within.id)

"""How messages about vouches are worded; nothing is said for a body that has switched the option off."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.network.options import NetworkOption, is_on
from portal.network.vouches.models import Vouch
from portal.outbox.messages import Mail, message


def _standing(session: Session, vouch: str) -> Vouch | None:
    whole = (joinedload(Vouch.body), joinedload(Vouch.firm))
    found = session.scalars(select(Vouch).where(Vouch.reference == vouch).options(*whole)).first()
    if found is None or found.ended_at or not is_on(session, found.body_id, NetworkOption.SHARING_INTELLIGENCE):
        return None
    return found


@message("vouches.asked")
def asked(session: Session, *, vouch: str) -> Mail | None:
    """To the firm's people: may the network see it?"""
    found = _standing(session, vouch)
    if found is None:
        return None
    return Mail(
        f"May the network see that {found.body.name} vouches for you?",
        "mail/vouches/asked.txt",
        {"vouch": found},
        f"/organisations/{found.firm.reference}/vouched",
    )


@message("vouches.answered")
def answered(session: Session, *, vouch: str) -> Mail | None:
    """To whoever gave it: the firm has answered."""
    found = _standing(session, vouch)
    if found is None:
        return None
    return Mail(
        f"{found.firm.name} {'agrees to be shown' if found.consents else 'would rather not be shown'}",
        "mail/vouches/answered.txt",
        {"vouch": found},
        f"/organisations/{found.body.reference}/vouches",
    )

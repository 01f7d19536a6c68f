"""How a firm hears that another would join: without the other's name, which stands on the page alone."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Round
from portal.db import clock
from portal.network.options import NetworkOption, is_on
from portal.network.teaming.models import TeamingWord
from portal.outbox.messages import Mail, message
from portal.responses.queries import is_open


@message("teaming.joined")
def joined(session: Session, *, round: int, firm: int) -> Mail | None:
    """To a firm that would join others. Nothing once it took its word back, all others did, or the round is over."""
    asked = session.scalars(select(Round).where(Round.id == round).options(joinedload(Round.challenge))).one()
    challenge = asked.challenge
    firms = set(session.scalars(select(TeamingWord.organisation_id).where(TeamingWord.round_id == round)))
    on = is_on(session, challenge.lead_id, NetworkOption.SHARED_NEED)
    if firm not in firms or len(firms) < 2 or not on or not is_open(challenge, asked, clock.now()):
        return None
    return Mail(
        f"Another firm would answer with others: {challenge.title}",
        "mail/teaming/joined.txt",
        {"challenge": challenge},
        f"/challenges/{challenge.reference}/teaming",
    )

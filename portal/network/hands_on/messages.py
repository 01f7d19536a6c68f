"""How hands-on support words its messages: to firms and advisers alone, and never with what is sealed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.network.hands_on.queries import is_anywhere, with_option
from portal.outbox.messages import Mail, message
from portal.responses.queries import current_round


@message("hands_on.idle")
def idle(session: Session, *, challenge: int) -> Mail | None:
    """To a firm: its draft lies idle; would it like help? Nothing where the option was switched off meanwhile."""
    rows = select(Challenge).where(Challenge.id == challenge, Challenge.lead_id.in_(with_option()))
    found = session.scalars(rows).first()
    if found is None:
        return None
    asked = current_round(session, found)
    return Mail(
        subject=f"Would you like help with your answer? {found.title}",
        template="mail/hands_on/idle.txt",
        context={"challenge": found, "deadline": asked.deadline if asked else None},
        path=f"/challenges/{found.reference}/help",
    )


@message("hands_on.waits")
def waits(session: Session, *, taken: bool) -> Mail | None:
    """To advisers: a firm that asked for help has waited two working days; which one stands on their page alone."""
    if not is_anywhere(session):
        return None
    path = "/support/cases" if taken else "/support"
    return Mail(
        "A firm waits to hear from you", template="mail/hands_on/waits.txt", context={"taken": taken}, path=path
    )

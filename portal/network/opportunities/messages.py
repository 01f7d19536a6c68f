"""How messages about cards are worded; nothing is said of a card that has ended, or to a body with the option off."""

from sqlalchemy.orm import Session

from portal.network.opportunities.queries import card as lasting
from portal.network.options import NetworkOption, is_on
from portal.organisations.models import Organisation
from portal.outbox.messages import Mail, message


def _mail(session: Session, card: str, kind: str, subject: str, body: int | None, about: int | None) -> Mail | None:
    found = lasting(session, card)
    if found is None:
        return None
    to = session.get(Organisation, body) if body else found.body
    if to is None or not is_on(session, to.id, NetworkOption.NEW_OPPORTUNITIES):
        return None
    answer = next((each for each in found.answers if each.organisation_id == about), None)
    if about and answer is None:
        return None
    return Mail(
        subject=f"{subject}: {found.title}",
        template=f"mail/opportunities/{kind}.txt",
        context={"card": found, "answer": answer},
        path=f"/organisations/{to.reference}/opportunities/{found.reference}",
    )


@message("opportunities.made")
def made(session: Session, *, card: str, body: int) -> Mail | None:
    """To the officers of every body: something new."""
    return _mail(session, card, "made", "Say whether you would nurture it", body, None)


@message("opportunities.answered")
def answered(session: Session, *, card: str, about: int) -> Mail | None:
    """To whoever made the card: a body has answered."""
    return _mail(session, card, "answered", "A body has answered your card", None, about)

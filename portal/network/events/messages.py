"""How messages about events are worded; nothing is said once the option is off or a booking no longer stands."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.network.events.models import BuyerEvent, BuyerTime
from portal.network.options import NetworkOption, is_on
from portal.organisations.models import Organisation
from portal.outbox.messages import Mail, message

_TO_THE_BODY = frozenset({"booked", "given_back"})
"""What goes to whoever offered the time and not to the firm: it leads to the body's own page of the event."""


def _mail(session: Session, time: int, firm: int, kind: str, subject: str, *, stands: bool = True) -> Mail | None:
    whole = (joinedload(BuyerTime.event), joinedload(BuyerTime.body))
    found = session.scalars(select(BuyerTime).where(BuyerTime.id == time).options(*whole)).first()
    who = session.get(Organisation, firm)
    if found is None or who is None or (stands and (found.firm_id != firm or found.event.called_off_at)):
        return None
    if not is_on(session, found.body_id, NetworkOption.SHARING_INTELLIGENCE):
        return None
    return Mail(
        subject=f"{subject}: {found.event.title}",
        template=f"mail/events/{kind}.txt",
        context={"time": found, "event": found.event, "firm": who},
        path=f"/organisations/{found.body.reference}/events/{found.event.reference}"
        if kind in _TO_THE_BODY
        else f"/meet-the-buyer/{found.event.reference}",
    )


@message("events.booked")
def booked(session: Session, *, time: int, firm: int) -> Mail | None:
    """To whoever offered the time: a firm comes."""
    return _mail(session, time, firm, "booked", "A firm has booked a time with you")


@message("events.given_back")
def given_back(session: Session, *, time: int, firm: int) -> Mail | None:
    """To whoever offered the time: it is free again."""
    return _mail(session, time, firm, "given_back", "A firm gave its time back", stands=False)


@message("events.confirmed")
def confirmed(session: Session, *, time: int, firm: int) -> Mail | None:
    """To the firm: whom it meets, when and where."""
    return _mail(session, time, firm, "confirmed", "Your time with a buyer is booked")


@message("events.reminder")
def reminder(session: Session, *, time: int, firm: int) -> Mail | None:
    """To the firm, the day before."""
    return _mail(session, time, firm, "confirmed", "Tomorrow you meet a buyer")


@message("events.called_off")
def called_off(session: Session, *, event: str) -> Mail | None:
    """To every firm that booked: it does not take place."""
    found = _called_off(session, event)
    if found is None:
        return None
    path = f"/meet-the-buyer/{found.reference}"
    return Mail(f"Called off: {found.title}", "mail/events/called_off.txt", {"event": found}, path)


@message("events.not_held")
def not_held(session: Session, *, event: str, body: int) -> Mail | None:
    """To whoever offered times at it for a body: it does not take place."""
    found, to = _called_off(session, event), session.get(Organisation, body)
    if found is None or to is None or not is_on(session, body, NetworkOption.SHARING_INTELLIGENCE):
        return None
    path = f"/organisations/{to.reference}/events/{found.reference}"
    return Mail(f"Called off: {found.title}", "mail/events/not_held.txt", {"event": found}, path)


def _called_off(session: Session, event: str) -> BuyerEvent | None:
    rows = select(BuyerEvent).where(BuyerEvent.reference == event).options(joinedload(BuyerEvent.host))
    found = session.scalars(rows).first()
    return found if found and is_on(session, found.host_id, NetworkOption.SHARING_INTELLIGENCE) else None

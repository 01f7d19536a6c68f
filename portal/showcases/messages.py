"""What the mails of a showcase say."""

from typing import Any

from sqlalchemy.orm import Session, joinedload

from portal.outbox.messages import Mail, message
from portal.responses.models import Response
from portal.showcases.models import Appearance, ShowcaseEvent, SlotSwap
from portal.showcases.queries import appearances_of
from portal.showcases.timetable import running_order


def _event_mail(session: Session, event_id: int, subject: str, name: str, path: str) -> Mail:
    event = session.get_one(ShowcaseEvent, event_id, options=[joinedload(ShowcaseEvent.challenge)])
    title = event.challenge.title
    return Mail(
        subject=subject.format(title=title),
        template=f"mail/showcases/{name}.txt",
        context={"title": title, "event": event},
        path=path.format(event=event),
    )


@message("showcases.planned")
def planned(session: Session, *, event_id: int, path: str) -> Mail:
    """The showcase has a date and a place."""
    return _event_mail(session, event_id, "Showcase planned: {title}", "planned", path)


@message("showcases.changed")
def changed(session: Session, *, event_id: int, path: str) -> Mail:
    """Date or place are new."""
    return _event_mail(session, event_id, "Showcase changed: {title}", "changed", path)


@message("showcases.cancelled")
def cancelled(session: Session, *, event_id: int, path: str) -> Mail:
    """The showcase does not take place as planned."""
    return _event_mail(session, event_id, "Showcase cancelled: {title}", "cancelled", path)


@message("showcases.panel")
def panel(session: Session, *, event_id: int) -> Mail:
    """Somebody is on the panel."""
    return _event_mail(
        session, event_id, "You are on the showcase panel: {title}", "panel", "/showcase/{event.reference}/score"
    )


@message("showcases.guest")
def guest(session: Session, *, event_id: int) -> Mail:
    """Somebody is asked to come and see."""
    return _event_mail(session, event_id, "Come and see: {title}", "guest", "/showcase/{event.reference}")


def _to_firm(session: Session, response_id: int, subject: str, name: str, **context: Any) -> Mail:
    response = session.get_one(Response, response_id, options=[joinedload(Response.challenge)])
    title = response.challenge.title
    return Mail(
        subject=subject.format(title=title),
        template=f"mail/showcases/{name}.txt",
        context={"title": title, "reference": response.reference} | context,
        path=f"/responses/{response.reference}/showcase",
    )


@message("showcases.your_turn")
def your_turn(session: Session, *, appearance_id: int) -> Mail | None:
    """A firm has its turn, or another one; nothing where it or the event is off by the time this is worded."""
    known = joinedload(Appearance.event).joinedload(ShowcaseEvent.challenge)
    appearance = session.get_one(Appearance, appearance_id, options=[known])
    event = appearance.event
    slots = running_order(event, appearances_of(session, event))
    slot = next((each for each in slots if each.appearance.id == appearance_id), None)
    if slot is None or event.state != "planned":
        return None
    return _to_firm(session, appearance.response_id, "Your turn at the showcase: {title}", "your_turn", slot=slot)


@message("showcases.wants_to_talk")
def wants_to_talk(session: Session, *, appearance_id: int) -> Mail:
    """A guest wants to talk to a firm."""
    appearance = session.get_one(Appearance, appearance_id)
    return _to_firm(session, appearance.response_id, "A showcase guest wants to talk to you", "wants_to_talk")


@message("showcases.chosen")
def chosen(session: Session, *, response_id: int) -> Mail:
    """A firm goes on to the business case."""
    return _to_firm(session, response_id, "Your solution goes on: {title}", "chosen")


@message("showcases.not_chosen")
def not_chosen(session: Session, *, response_id: int) -> Mail:
    """A firm's part ends after the showcase."""
    return _to_firm(session, response_id, "Not chosen after the showcase: {title}", "not_chosen")


def _swap_mail(session: Session, swap_id: int, subject: str, name: str, *, to_asker: bool) -> Mail:
    swap = session.get_one(SlotSwap, swap_id)
    appearance = session.get_one(Appearance, swap.asker_id if to_asker else swap.asked_id)
    return _to_firm(session, appearance.response_id, subject, name, answer=swap.answer.title.lower())


@message("showcases.swap_asked")
def swap_asked(session: Session, *, swap_id: int) -> Mail:
    """Another firm asks a firm for its turn."""
    return _swap_mail(session, swap_id, "Somebody asks to swap turns: {title}", "swap_asked", to_asker=False)


@message("showcases.swap_answered")
def swap_answered(session: Session, *, swap_id: int) -> Mail:
    """The firm that asked for another turn learns the answer."""
    return _swap_mail(session, swap_id, "Your request to swap turns: {title}", "swap_answered", to_asker=True)

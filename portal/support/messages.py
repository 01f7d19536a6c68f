"""What the mails of support say."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.db import clock
from portal.outbox.messages import Mail, message
from portal.responses.models import Response
from portal.support.models import SupportPlan, SupportSession
from portal.support.pathway import FIRST_CONTACT_WORKING_DAYS


def _to_firm(session: Session, response_id: int, subject: str, name: str, *, page: str = "", **context: Any) -> Mail:
    response = session.get_one(Response, response_id, options=[joinedload(Response.challenge)])
    title = response.challenge.title
    return Mail(
        subject=subject.format(title=title),
        template=f"mail/support/{name}.txt",
        context={"title": title, "reference": response.reference} | context,
        path=f"/responses/{response.reference}/support{page}",
    )


def _about_plan(session: Session, plan_id: int, subject: str, name: str) -> Mail:
    plan = session.get_one(
        SupportPlan,
        plan_id,
        options=[
            joinedload(SupportPlan.challenge),
            joinedload(SupportPlan.response).joinedload(Response.organisation),
        ],
    )
    firm = plan.response.organisation.name
    return Mail(
        subject=subject.format(firm=firm),
        template=f"mail/support/{name}.txt",
        context={"title": plan.challenge.title, "firm": firm},
        path=f"/challenges/{plan.challenge.reference}/support/{plan.id}",
    )


@message("support.plan_made")
def plan_made(session: Session, *, response_id: int) -> Mail:
    """A chosen firm will be supported."""
    days = FIRST_CONTACT_WORKING_DAYS
    return _to_firm(session, response_id, "You will be supported: {title}", "plan_made", days=days)


@message("support.firms_to_contact")
def firms_to_contact(session: Session, *, challenge_id: int) -> Mail:
    """Advisers have firms to call."""
    challenge = session.get_one(Challenge, challenge_id)
    return Mail(
        subject=f"Firms to contact: {challenge.title}",
        template="mail/support/firms_to_contact.txt",
        context={"title": challenge.title, "days": FIRST_CONTACT_WORKING_DAYS},
        path="/support",
    )


@message("support.your_firm")
def your_firm(session: Session, *, plan_id: int) -> Mail:
    """Somebody became a firm's adviser."""
    return _about_plan(session, plan_id, "You are now the adviser of {firm}", "your_firm")


@message("support.help_asked")
def help_asked(session: Session, *, plan_id: int) -> Mail:
    """A firm asks its adviser for help."""
    return _about_plan(session, plan_id, "{firm} asks for help", "help_asked")


@message("support.firm_left")
def firm_left(session: Session, *, plan_id: int) -> Mail:
    """A firm left the challenge."""
    return _about_plan(session, plan_id, "{firm} has left the challenge", "firm_left")


@message("support.put_out")
def put_out(session: Session, *, response_id: int) -> Mail:
    """A firm's part ended before the showcase."""
    return _to_firm(session, response_id, "You are not going on to the showcase: {title}", "put_out")


@message("support.told_to_all")
def told_to_all(session: Session, *, response_id: int) -> Mail:
    """All firms are told what one was told."""
    return _to_firm(session, response_id, "Something new for every firm: {title}", "told_to_all")


@message("support.times_offered")
def times_offered(session: Session, *, response_id: int) -> Mail:
    """There are times a firm can book."""
    return _to_firm(session, response_id, "Times you can book: {title}", "times_offered", page="/times")


@message("support.note_to_firm")
def note_to_firm(session: Session, *, response_id: int) -> Mail:
    """Somebody who helps the firm wrote to it."""
    return _to_firm(session, response_id, "A note for you: {title}", "note_to_firm")


@message("support.note_from_firm")
def note_from_firm(session: Session, *, plan_id: int) -> Mail:
    """A firm wrote to whoever helps it."""
    return _about_plan(session, plan_id, "{firm} has written to you", "note_from_firm")


@message("support.booked")
def booked(session: Session, *, session_id: int, firm: bool) -> Mail | None:
    """A firm has booked a session: for the firm, and for whom it meets."""
    return _about_session(session, session_id, "Booked: {whom}, {title}", "booked", firm=firm)


@message("support.moved")
def moved(session: Session, *, session_id: int, firm: bool) -> Mail | None:
    """A session is at another time or place now."""
    return _about_session(session, session_id, "Moved: {whom}, {title}", "moved", firm=firm)


@message("support.called_off")
def called_off(session: Session, *, session_id: int, firm: bool) -> Mail | None:
    """A session will not be held."""
    return _about_session(session, session_id, "Cancelled: {whom}, {title}", "called_off", firm=firm, stands=False)


@message("support.reminder")
def reminder(session: Session, *, session_id: int, firm: bool, starts_at: str) -> Mail | None:
    """A session is a day away; nothing where it was cancelled or moved since, or where the mail is late."""
    mail = _about_session(session, session_id, "Your session is a day away: {whom}, {title}", "reminder", firm=firm)
    if mail is None or mail.context["at"] != datetime.fromisoformat(starts_at) or mail.context["at"] <= clock.now():
        return None
    return mail


def _about_session(
    session: Session, session_id: int, subject: str, name: str, *, firm: bool, stands: bool = True
) -> Mail | None:
    """A mail about a booked session; None where it says that a session stands that was cancelled meanwhile."""
    found = session.get_one(
        SupportSession,
        session_id,
        options=[
            joinedload(SupportSession.slot),
            joinedload(SupportSession.plan).options(
                joinedload(SupportPlan.challenge),
                joinedload(SupportPlan.response).joinedload(Response.organisation),
            ),
        ],
    )
    slot, plan = found.slot, found.plan
    if slot is None or (stands and found.cancelled_at is not None):
        return None
    title, whom = plan.challenge.title, found.with_whom if firm else plan.response.organisation.name
    inside = f"/challenges/{plan.challenge.reference}/support/{plan.id}"
    return Mail(
        subject=subject.format(whom=whom, title=title),
        template=f"mail/support/{name}.txt",
        context={
            "title": title,
            "whom": whom,
            "at": slot.starts_at,
            "minutes": slot.minutes,
            "place": slot.place or slot.link,
        },
        path=f"/responses/{plan.response.reference}/support" if firm else inside,
    )

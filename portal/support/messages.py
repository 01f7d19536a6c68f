"""What the mails of support say."""

from typing import Any

from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.outbox.messages import Mail, message
from portal.responses.models import Response
from portal.support.models import SupportPlan
from portal.support.pathway import FIRST_CONTACT_WORKING_DAYS


def _to_firm(session: Session, response_id: int, subject: str, name: str, **context: Any) -> Mail:
    response = session.get_one(Response, response_id, options=[joinedload(Response.challenge)])
    title = response.challenge.title
    return Mail(
        subject=subject.format(title=title),
        template=f"mail/support/{name}.txt",
        context={"title": title, "reference": response.reference} | context,
        path=f"/responses/{response.reference}/support",
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

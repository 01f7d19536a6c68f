"""How messages about responses are worded; the worker reads as a stranger, so they name the challenge only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.queries import closing_of
from portal.db import clock
from portal.organisations.models import Organisation
from portal.outbox.messages import Mail, message
from portal.responses.models import Clarification
from portal.responses.receipts import read


def _about(session: Session, challenge: int, kind: str, subject: str, path: str, **context: Any) -> Mail | None:
    found = session.get(Challenge, challenge)
    if found is None:
        return None
    return Mail(
        subject=subject.format(title=found.title),
        template=f"mail/responses/{kind}.txt",
        context={"challenge": found, **context},
        path=path.format(challenge=found.reference),
    )


def _moved(session: Session, challenge: int, kind: str, subject: str) -> Mail | None:
    """A deadline moved for everybody: until when, and why."""
    deadline, change = closing_of(session, challenge)
    return _about(session, challenge, kind, subject, "/challenges/{challenge}", deadline=deadline, change=change)


def _due(session: Session, clarification: str) -> datetime | None:
    """Until when a clarification can be answered; only opened responses have one, so that nothing sealed is told."""
    return session.scalars(select(Clarification.due_at).where(Clarification.reference == clarification)).first()


@message("responses.submitted")
def submitted(
    session: Session, *, challenge: int, response: str, number: int, code: str, files: Sequence[str] = ()
) -> Mail | None:
    """The receipt: when it was received, to the millisecond, the code that proves it, and the digest of each file.

    Names of files are on the receipt's page alone: what the worker mails may hold nothing that is sealed.
    """
    path = f"/responses/{response}/receipts/{number}"
    receipt = read(code)
    about = {"receipt": receipt, "files": files}
    return _about(session, challenge, "submitted", "Received: your response to “{title}”", path, **about)


@message("responses.withdrawn")
def withdrawn(session: Session, *, challenge: int, response: str, at: str) -> Mail | None:
    """The firm's own withdrawal."""
    moment = datetime.fromisoformat(at)
    path = f"/responses/{response}"
    return _about(session, challenge, "withdrawn", "Withdrawn: your response to “{title}”", path, at=moment)


@message("responses.invited")
def invited(session: Session, *, challenge: int, key: str, lead: int, share: int, known: bool) -> Mail | None:
    """Somebody is asked to answer together with a firm; without a password yet, the page first lets them in."""
    firm = session.get(Organisation, lead)
    path = f"/partner-invitations/{key}{'' if known else '/begin'}"
    return _about(
        session,
        challenge,
        "invited",
        "An invitation to answer “{title}” together",
        path,
        lead=firm.name if firm else "A firm",
        share=share,
    )


@message("responses.partner_joined")
def partner_joined(session: Session, *, challenge: int, response: str, firm: int) -> Mail | None:
    """To the lead: a partner accepted."""
    return _of_partner(session, challenge, "partner_joined", "A partner has joined: “{title}”", response, firm)


@message("responses.partner_left")
def partner_left(session: Session, *, challenge: int, response: str, firm: int) -> Mail | None:
    """To the lead: a partner left, and its share is nobody's."""
    deadline, _ = closing_of(session, challenge)
    facts = {"deadline": deadline, "closed": deadline is not None and deadline <= clock.now()}
    return _of_partner(session, challenge, "partner_left", "A partner has left: “{title}”", response, firm, **facts)


@message("responses.partner_declined")
def partner_declined(session: Session, *, challenge: int, response: str, email: str) -> Mail | None:
    """To the lead: an invitation was declined."""
    path = f"/responses/{response}/partners"
    return _about(session, challenge, "partner_declined", "An invitation was declined: “{title}”", path, email=email)


@message("responses.taken_out")
def taken_out(session: Session, *, challenge: int, response: str, lead: int) -> Mail | None:
    """To a partner: the lead goes on without it. The response is no longer theirs to see."""
    firm = session.get(Organisation, lead)
    name = firm.name if firm else "The firm that leads"
    return _about(session, challenge, "taken_out", "You are no longer a partner: “{title}”", "/responses", lead=name)


def _of_partner(
    session: Session, challenge: int, kind: str, subject: str, response: str, firm: int, **facts: Any
) -> Mail | None:
    partner = session.get(Organisation, firm)
    path = f"/responses/{response}/partners"
    return _about(session, challenge, kind, subject, path, firm=partner.name if partner else "A partner", **facts)


@message("responses.reconfirm")
def reconfirm(session: Session, *, challenge: int) -> Mail | None:
    """The brief changed after they submitted."""
    return _about(session, challenge, "reconfirm", "The brief of “{title}” has changed: please confirm", "/responses")


@message("responses.brief_changed")
def brief_changed(session: Session, *, challenge: int) -> Mail | None:
    """The brief changed while they write."""
    return _about(session, challenge, "brief_changed", "The brief of “{title}” has changed", "/challenges/{challenge}")


@message("responses.extended")
def extended(session: Session, *, challenge: int) -> Mail | None:
    """There is more time."""
    return _moved(session, challenge, "extended", "More time to answer “{title}”")


@message("responses.reopened")
def reopened(session: Session, *, challenge: int) -> Mail | None:
    """The round takes responses again, after an incident."""
    return _moved(session, challenge, "reopened", "“{title}” takes responses again")


@message("responses.ended")
def ended(session: Session, *, challenge: int) -> Mail | None:
    """The challenge came to an end without a partner."""
    return _about(session, challenge, "ended", "“{title}” has ended", "/challenges/{challenge}")


@message("responses.clarify")
def clarify(session: Session, *, challenge: int, clarification: str) -> Mail | None:
    """The authority asks the firm to explain its offer; the words are on the portal alone."""
    path, due = f"/clarifications/{clarification}", _due(session, clarification)
    return _about(session, challenge, "clarify", "Please explain: your response to “{title}”", path, due=due)


@message("responses.hearing")
def hearing(session: Session, *, challenge: int, clarification: str) -> Mail | None:
    """The firm may be left out and is heard before that."""
    path, due = f"/clarifications/{clarification}", _due(session, clarification)
    return _about(session, challenge, "hearing", "We need to hear you: your response to “{title}”", path, due=due)


@message("responses.clarification_time")
def clarification_time(session: Session, *, challenge: int, clarification: str) -> Mail | None:
    """Everybody who was asked has more time."""
    path, due = f"/clarifications/{clarification}", _due(session, clarification)
    return _about(session, challenge, "clarification_time", "More time to explain: “{title}”", path, due=due)


@message("responses.clarification_judged")
def clarification_judged(session: Session, *, challenge: int, clarification: str) -> Mail | None:
    """Whether the answer is taken into account."""
    path = f"/clarifications/{clarification}"
    return _about(session, challenge, "clarification_judged", "What became of your explanation: “{title}”", path)


@message("responses.clarified")
def clarified(session: Session, *, challenge: int, clarification: str) -> Mail | None:
    """To the officer who asked: a firm has answered. Neither the firm nor its words."""
    path = f"/clarifications/{clarification}/judge"
    return _about(session, challenge, "clarified", "A firm has answered: “{title}”", path)


@message("responses.help_asked")
def help_asked(session: Session) -> Mail | None:
    """An adviser is told that a firm asks for help; which firm, and with what, is on the desk alone."""
    return Mail("A firm asks for help", template="mail/responses/help_asked.txt", context={}, path="/support")

"""How messages about responses are worded; the worker reads as a stranger, so they name the challenge only."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.organisations.models import Organisation
from portal.outbox.messages import Mail, message
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


@message("responses.submitted")
def submitted(session: Session, *, challenge: int, response: str, number: int, code: str) -> Mail | None:
    """The receipt: when it was received, to the millisecond, and the code that proves it."""
    path = f"/responses/{response}/receipts/{number}"
    receipt = read(code)
    return _about(session, challenge, "submitted", "Received: your response to «{title}»", path, receipt=receipt)


@message("responses.withdrawn")
def withdrawn(session: Session, *, challenge: int, response: str, at: str) -> Mail | None:
    """The firm's own withdrawal."""
    moment = datetime.fromisoformat(at)
    path = f"/responses/{response}"
    return _about(session, challenge, "withdrawn", "Withdrawn: your response to «{title}»", path, at=moment)


@message("responses.invited")
def invited(session: Session, *, challenge: int, response: str, lead: int, share: int) -> Mail | None:
    """A firm is asked to answer together with another."""
    firm = session.get(Organisation, lead)
    path = f"/responses/{response}/invitation"
    return _about(
        session,
        challenge,
        "invited",
        "An invitation to answer «{title}» together",
        path,
        lead=firm.name if firm else "A firm",
        share=share,
    )


@message("responses.reconfirm")
def reconfirm(session: Session, *, challenge: int) -> Mail | None:
    """The brief changed after they submitted."""
    return _about(session, challenge, "reconfirm", "The brief of «{title}» has changed: please confirm", "/responses")


@message("responses.brief_changed")
def brief_changed(session: Session, *, challenge: int) -> Mail | None:
    """The brief changed while they write."""
    return _about(session, challenge, "brief_changed", "The brief of «{title}» has changed", "/challenges/{challenge}")


@message("responses.extended")
def extended(session: Session, *, challenge: int) -> Mail | None:
    """There is more time."""
    return _about(session, challenge, "extended", "More time to answer «{title}»", "/challenges/{challenge}")


@message("responses.reopened")
def reopened(session: Session, *, challenge: int) -> Mail | None:
    """The round takes responses again, after an incident."""
    return _about(session, challenge, "reopened", "«{title}» takes responses again", "/challenges/{challenge}")


@message("responses.ended")
def ended(session: Session, *, challenge: int) -> Mail | None:
    """The challenge came to an end without a partner."""
    return _about(session, challenge, "ended", "«{title}» has ended", "/challenges/{challenge}")


@message("responses.help_asked")
def help_asked(session: Session) -> Mail | None:
    """An adviser is told that a firm asks for help; which firm, and with what, is on the desk alone."""
    return Mail("A firm asks for help", template="mail/responses/help_asked.txt", context={}, path="/support")

"""What firms and officers are told when something happened. What it is stays behind the sign-in."""

from sqlalchemy.orm import Session

from portal.outbox.messages import Mail, message
from portal.partnerships.messages.about import contract_named, mail_about
from portal.partnerships.models import PartnershipEvent


@message("partnerships.event_recorded")
def recorded(session: Session, *, partnership: str, event: str) -> Mail | None:
    """To the firm: something is held to have happened, and by when it can say what it thinks."""
    return mail_about(session, PartnershipEvent, event, "recorded", "Say what you think before we decide")


@message("partnerships.event_answered")
def answered(session: Session, *, event: str) -> Mail | None:
    """To the officers: the firm has said what it thinks."""
    return mail_about(session, PartnershipEvent, event, "answered", "A partner has said what it thinks")


@message("partnerships.event_file")
def attached(session: Session, *, event: str) -> Mail | None:
    """To the other side: a file was attached to what is recorded."""
    return mail_about(session, PartnershipEvent, event, "file", "A file about what happened under a contract")


@message("partnerships.event_decided")
def decided(session: Session, *, partnership: str, event: str) -> Mail | None:
    """To the firm: what was decided."""
    return mail_about(session, PartnershipEvent, event, "decided", "What was decided about your work")


@message("partnerships.resumed")
def resumed(session: Session, *, partnership: str) -> Mail | None:
    """To the firm: its suspended work goes on."""
    found = contract_named(session, partnership)
    return Mail(
        subject=f"Your work goes on: {found.challenge.title}",
        template="mail/partnerships/resumed.txt",
        context={"challenge": found.challenge},
        path=f"/partnerships/{found.reference}",
    )

"""What officers and firms are told about changes of contract."""

from sqlalchemy.orm import Session

from portal.outbox.messages import Mail, message
from portal.partnerships.messages.about import mail_about
from portal.partnerships.models import ContractChange


@message("partnerships.change_proposed")
def proposed(session: Session, *, change: str) -> Mail | None:
    """To the officers: a change waits for somebody else than its proposer."""
    return mail_about(session, ContractChange, change, "proposed", "A change of contract waits for a decision")


@message("partnerships.change_agreed")
def agreed(session: Session, *, partnership: str, change: str) -> Mail | None:
    """To the firm: the authority agrees to a change, which is not in force yet."""
    return mail_about(session, ContractChange, change, "agreed", "A change of your contract is agreed")


@message("partnerships.change_in_force")
def in_force(session: Session, *, partnership: str, change: str) -> Mail | None:
    """To the firm: the new figures count."""
    return mail_about(session, ContractChange, change, "in_force", "Your contract has changed")

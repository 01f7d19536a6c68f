"""What officers and firms are told about benefits a firm reports. What it reports stays behind the sign-in."""

from sqlalchemy.orm import Session

from portal.outbox.messages import Mail, message
from portal.partnerships.messages.about import mail_about
from portal.partnerships.models import SeenBenefit


@message("partnerships.benefit_told")
def told(session: Session, *, benefit: str) -> Mail | None:
    """To the officers: a partner reports what it did, and asks for it to be confirmed."""
    return mail_about(session, SeenBenefit, benefit, "told", "A partner reports a benefit to confirm")


@message("partnerships.benefit_confirmed")
def confirmed(session: Session, *, partnership: str, benefit: str) -> Mail | None:
    """To the firm: what it reported counts."""
    return mail_about(session, SeenBenefit, benefit, "confirmed", "What you reported was confirmed")


@message("partnerships.benefit_back")
def back(session: Session, *, partnership: str, benefit: str) -> Mail | None:
    """To the firm: what it reported was not confirmed."""
    return mail_about(session, SeenBenefit, benefit, "back", "What you reported was not confirmed")

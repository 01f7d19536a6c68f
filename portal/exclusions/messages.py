"""How messages about it are worded. What a firm says of itself never travels by mail."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.exclusions.models import SupplierCheck
from portal.outbox.messages import Mail, message
from portal.responses.models import Response


def _mail(session: Session, check: str, kind: str, subject: str, path: str) -> Mail | None:
    rows = (
        select(SupplierCheck)
        .where(SupplierCheck.reference == check)
        .options(
            joinedload(SupplierCheck.organisation), joinedload(SupplierCheck.response).joinedload(Response.challenge)
        )
    )
    found = session.scalars(rows).first()
    if found is None or found.state == "fell_away":
        return None
    challenge = found.response.challenge
    return Mail(
        subject=f"{subject}: {challenge.title}",
        template=f"mail/exclusions/{kind}.txt",
        context={"challenge": challenge, "firm": found.organisation.name},
        path=path,
    )


@message("exclusions.asked")
def asked(session: Session, *, check: str) -> Mail | None:
    """To the firm: four questions before the contract."""
    return _mail(session, check, "asked", "Before we can sign: four questions", f"/supplier-checks/{check}")


@message("exclusions.sent_back")
def sent_back(session: Session, *, check: str) -> Mail | None:
    """To the firm: something has to be said again; why is on its page."""
    return _mail(session, check, "sent_back", "Please look again before we can sign", f"/supplier-checks/{check}")


@message("exclusions.given")
def given(session: Session, *, check: str) -> Mail | None:
    """To the officers: a chosen firm has answered."""
    return _mail(session, check, "given", "A chosen firm has answered", f"/supplier-checks/{check}/check")

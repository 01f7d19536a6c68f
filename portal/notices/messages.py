"""What firms are told about an award."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.outbox.messages import Mail, message
from portal.responses.models import Response


@message("notices.summary")
def summary(session: Session, response: str) -> Mail | None:
    """The assessment summary can be read; what it says stays behind the sign-in."""
    found = session.scalars(
        select(Response).where(Response.reference == response).options(joinedload(Response.challenge))
    ).first()
    if found is None:
        return None
    return Mail(
        subject=f"Your assessment summary: {found.challenge.title}",
        template="mail/notices/summary.txt",
        context={"challenge": found.challenge},
        path=f"/responses/{found.reference}/summary",
    )

"""What officers and firms are told about changes of contract."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.outbox.messages import Mail, message
from portal.partnerships.models import ContractChange, Partnership


def _mail(session: Session, change: str, kind: str, subject: str) -> Mail | None:
    contract = joinedload(ContractChange.partnership)
    found = session.scalars(
        select(ContractChange)
        .where(ContractChange.reference == change)
        .options(contract.joinedload(Partnership.challenge), contract.joinedload(Partnership.organisation))
    ).first()
    if found is None:
        return None
    return Mail(
        subject=f"{subject}: {found.partnership.challenge.title}",
        template=f"mail/partnerships/change_{kind}.txt",
        context={
            "change": found,
            "challenge": found.partnership.challenge,
            "firm": found.partnership.organisation.name,
        },
        path=f"/changes/{found.reference}",
    )


@message("partnerships.change_proposed")
def proposed(session: Session, *, change: str) -> Mail | None:
    """To the officers: a change waits for somebody else than its proposer."""
    return _mail(session, change, "proposed", "A change of contract waits for a decision")


@message("partnerships.change_agreed")
def agreed(session: Session, *, partnership: str, change: str) -> Mail | None:
    """To the firm: the authority agrees to a change, which is not in force yet."""
    return _mail(session, change, "agreed", "A change of your contract is agreed")


@message("partnerships.change_in_force")
def in_force(session: Session, *, partnership: str, change: str) -> Mail | None:
    """To the firm: the new figures count."""
    return _mail(session, change, "in_force", "Your contract has changed")

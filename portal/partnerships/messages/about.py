"""What messages about a contract find: the contract, or something of it (an invoice, a change, an event, a benefit)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.outbox.messages import Mail
from portal.partnerships.models import ContractChange, Invoice, Partnership, PartnershipEvent, SeenBenefit

_PAGES: dict[Any, tuple[str, str]] = {
    Invoice: ("invoice", "/invoices"),
    ContractChange: ("change", "/changes"),
    PartnershipEvent: ("event", "/partnership-events"),
    SeenBenefit: ("benefit", "/benefits"),
}


def contract_named(session: Session, reference: str) -> Partnership:
    """A contract with its challenge."""
    return session.scalars(
        select(Partnership).where(Partnership.reference == reference).options(joinedload(Partnership.challenge))
    ).one()


def mail_about(session: Session, model: Any, reference: str, kind: str, subject: str) -> Mail | None:
    """The mail of one kind about a row of `model`, or nothing where that is gone; its words know it by its own name."""
    contract = joinedload(model.partnership)
    found = session.scalars(
        select(model)
        .where(model.reference == reference)
        .options(contract.joinedload(Partnership.challenge).joinedload(Challenge.lead))
        .options(contract.joinedload(Partnership.organisation))
    ).first()
    if found is None:
        return None
    name, page = _PAGES[model]
    challenge = found.partnership.challenge
    return Mail(
        subject=f"{subject}: {challenge.title}",
        template=f"mail/partnerships/{name}_{kind}.txt",
        context={name: found, "challenge": challenge, "firm": found.partnership.organisation.name},
        path=f"{page}/{found.reference}",
    )

"""Finding files of evidence: for the authority's people, and for the firms of that one contract."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.challenges.queries import visible_inside
from portal.files.models import StoredFile
from portal.partnerships.models import EvidenceFile, Partnership, PartnershipEvent, Phase
from portal.partnerships.queries.contracts import own_contract
from portal.policy import Actor


def phase_visible(session: Session, actor: Actor, reference: str, number: int) -> Phase | None:
    """One phase for the people of its authorities, and for the firms of its own contract."""
    whole = joinedload(Phase.partnership)
    return session.scalars(
        select(Phase)
        .join(Phase.partnership)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(
            Partnership.reference == reference, Phase.number == number, or_(visible_inside(actor), own_contract(actor))
        )
        .options(whole.joinedload(Partnership.organisation))
        .options(whole.joinedload(Partnership.challenge).joinedload(Challenge.lead))
    ).first()


def evidence_visible(session: Session, actor: Actor, reference: str, file_reference: str) -> EvidenceFile | None:
    """One file for the people of its authorities, and for the firms of its own contract; taken out, it is gone."""
    whole = joinedload(EvidenceFile.partnership, innerjoin=True)
    return session.scalars(
        select(EvidenceFile)
        .join(EvidenceFile.partnership)
        .join(EvidenceFile.file)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(
            Partnership.reference == reference,
            StoredFile.reference == file_reference,
            EvidenceFile.removed_at.is_(None),
            or_(visible_inside(actor), own_contract(actor)),
        )
        .options(
            whole.joinedload(Partnership.challenge).joinedload(Challenge.lead),
            joinedload(EvidenceFile.phase),
            joinedload(EvidenceFile.event),
        )
    ).first()


def evidence_of(session: Session, about: Phase | PartnershipEvent) -> Sequence[EvidenceFile]:
    """The files of a phase's targets, or of an event, in the order they came."""
    column = EvidenceFile.phase_id if isinstance(about, Phase) else EvidenceFile.event_id
    rows = select(EvidenceFile).where(column == about.id, EvidenceFile.removed_at.is_(None))
    return session.scalars(rows.order_by(EvidenceFile.id).limit(200)).all()

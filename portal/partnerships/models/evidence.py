"""The table of files that show whether a target was reached, or what happened on the way."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.files.models import StoredFile
from portal.partnerships.models.contract import Partnership, Phase, Target
from portal.partnerships.models.events import PartnershipEvent


class EvidenceFile(Base):
    """One file under one contract: of a target in a phase, or of an event. `by_firm`: the firm's side attached it.

    Taking it out keeps the row, so that it stays known what two people had before them.
    """

    __tablename__ = "evidence_file"
    __table_args__ = (
        CheckConstraint("(target_id IS NULL) <> (event_id IS NULL)", name="of_one"),
        CheckConstraint("(target_id IS NULL) = (phase_id IS NULL)", name="target_in_phase"),
        UniqueConstraint("file_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("phase.id"), index=True)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_event.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    by_firm: Mapped[bool]
    attached_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    partnership: Mapped[Partnership] = relationship(lazy="raise_on_sql")
    phase: Mapped[Phase | None] = relationship(lazy="raise_on_sql")
    target: Mapped[Target | None] = relationship(lazy="raise_on_sql")
    event: Mapped[PartnershipEvent | None] = relationship(lazy="raise_on_sql")
    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)

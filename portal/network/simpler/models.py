"""The table of usual forms: what an authority asked of firms before, as it counted it itself."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.challenges.asking import WORDS_A_MINUTE
from portal.db import Base


class UsualForm(Base):
    """An authority's ordinary form for a small contract, from a day on; a later one takes its place.

    `words` are the most a firm may write, `documents` what it must send beside that (accounts, certificates, policies),
    `document_minutes` what finding and sending them takes altogether, as the authority itself judges or asked firms.
    """

    __tablename__ = "usual_form"
    __table_args__ = (
        CheckConstraint("questions >= 0 AND words >= 0 AND documents >= 0 AND document_minutes >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    since: Mapped[date]
    questions: Mapped[int]
    words: Mapped[int]
    documents: Mapped[int]
    document_minutes: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def minutes(self) -> int:
        """What it costs a firm, reckoned as for a challenge: writing at the same pace, and the documents."""
        return -(-self.words // WORDS_A_MINUTE) + self.document_minutes

"""The table of words."""

from enum import Enum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Choice


class SubjectKind(Enum):
    """Whose words they are."""

    FIRM = "firm"
    CHALLENGE = "challenge"


class WordPosting(Base):
    """A word of a firm or a challenge, by its id, with how much it tells there."""

    __tablename__ = "word_posting"
    __table_args__ = (Index("ix_word_posting_subject", "kind", "subject_id"),)

    kind: Mapped[SubjectKind] = mapped_column(Choice(SubjectKind), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    weight: Mapped[float]

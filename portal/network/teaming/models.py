"""The table of firms that would answer a challenge together with others."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models import Round
from portal.db import Base
from portal.organisations.models import Organisation


class TeamingWord(Base):
    """A firm would join with others in a round, and what it brings: read by firms that said so too, and nobody else.

    It is never changed: a firm takes its word back and gives another.
    """

    __tablename__ = "teaming_word"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        CheckConstraint("brings <> ''", name="said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    brings: Mapped[str] = mapped_column(String(200))
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    round: Mapped[Round] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

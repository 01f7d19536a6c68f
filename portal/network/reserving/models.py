"""The table of reservations. What the advert says is in the brief itself (`Challenge.reserved`); here is why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Choice, Versioned
from portal.law.reservations import ReservedArea, ReservedFor


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decides: where, for whom, why, and who checked it where the law is not sure.

    `county_fits`: the officer says that what the rule asks for a county is so.
    """

    area: ReservedArea
    reserved_for: ReservedFor
    place: str
    reason: str
    checked: str
    county_fits: bool = False


class Reservation(Versioned, Base):
    """An officer kept a challenge's competition to some firms: which, where, why, and the note for the file.

    `place` names the area where it has a name of its own. `checked` says who was asked where the law is not sure.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("area <> 'anywhere' OR reserved_for <> 'anybody'", name="reserves_something"),
        CheckConstraint("area NOT IN ('own', 'bordering', 'county') OR place <> ''", name="place_named"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    area: Mapped[ReservedArea] = mapped_column(Choice(ReservedArea))
    reserved_for: Mapped[ReservedFor] = mapped_column(Choice(ReservedFor))
    place: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text)
    checked: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

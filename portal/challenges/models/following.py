"""Who wants to hear of a challenge."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class ChallengeFollow(Base):
    """Somebody asked to be told when a question about this challenge is answered."""

    __tablename__ = "challenge_follow"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), primary_key=True, index=True)
    followed_at: Mapped[datetime]

"""The table of trials. An option is on for an authority exactly while one of its trials says so."""

from datetime import datetime
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, column
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Choice, Versioned


class NetworkOption(Enum):
    """An option of Ready2Supply, in the order of the founding document."""

    HYPER_LOCAL = "hyper-local"
    SHARING_INTELLIGENCE = "sharing-intelligence"
    SHARED_NEED = "shared-need"
    IMPORT_REPLACEMENT = "import-replacement"
    NEW_OPPORTUNITIES = "new-opportunities"
    HANDS_ON_SUPPORT = "hands-on-support"
    SIMPLER_PROCESS = "simpler-process"
    INNOVATIVE_PROCUREMENT = "innovative-procurement"

    @property
    def number(self) -> int:
        """Its number in the founding document, from 1."""
        return list(NetworkOption).index(self) + 1

    @property
    def title(self) -> str:
        """The option in words."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """What it does, in one sentence."""
        return _WORDS[self][1]


_WORDS = {
    NetworkOption.HYPER_LOCAL: (
        "Hyper-local spend",
        "Find the firms of one neighbourhood and see which planned needs they could meet.",
    ),
    NetworkOption.SHARING_INTELLIGENCE: (
        "Sharing local intelligence",
        "Vouch for firms you trade with, and let them meet the other bodies’ buyers.",
    ),
    NetworkOption.SHARED_NEED: (
        "Shared need",
        "See what several bodies plan to buy, and buy it together from local firms.",
    ),
    NetworkOption.IMPORT_REPLACEMENT: (
        "Import replacement",
        "See which spending leaves the area that firms here could take on.",
    ),
    NetworkOption.NEW_OPPORTUNITIES: (
        "New opportunities",
        "Hear of new firms and products of high social value, and say whether you would nurture them.",
    ),
    NetworkOption.HANDS_ON_SUPPORT: (
        "Hands-on support",
        "Help firms that show interest and then give up when they see the process.",
    ),
    NetworkOption.SIMPLER_PROCESS: (
        "Simpler process",
        "Ask of a small contract no more than it needs.",
    ),
    NetworkOption.INNOVATIVE_PROCUREMENT: (
        "Innovative procurement",
        "Divide contracts into lots and reserve them where the law allows it.",
    ),
}


class Verdict(Enum):
    """What an authority makes of a trial."""

    KEEP = "keep"
    STOP = "stop"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return "Keep it" if self is Verdict.KEEP else "Stop it"


class OptionTrial(Versioned, Base):
    """An authority tries an option: what for, how it is measured, what came of it, and whether it is kept."""

    __tablename__ = "option_trial"
    __table_args__ = (
        CheckConstraint("is_on OR verdict IS NOT NULL", name="off_by_verdict"),
        CheckConstraint("(verdict IS NULL) = (judged_at IS NULL)", name="judged"),
        CheckConstraint("verdict IS NULL OR verdict <> 'stop' OR NOT is_on", name="stopped"),
        Index(
            "uq_option_trial_on",
            "organisation_id",
            "option",
            unique=True,
            sqlite_where=column("is_on"),
            postgresql_where=column("is_on"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    option: Mapped[NetworkOption] = mapped_column(Choice(NetworkOption))
    is_on: Mapped[bool] = mapped_column(default=True)
    aim: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[Verdict | None] = mapped_column(Choice(Verdict))
    begun_at: Mapped[datetime]
    judged_at: Mapped[datetime | None]

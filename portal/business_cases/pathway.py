"""What a business case is made of and where it can stand; its moves are composed in `portal.business_cases.machine`."""

from enum import StrEnum

from portal.challenges.pathway import ChallengeState
from portal.law.money import Vat
from portal.law.words import Worded


class CaseState(StrEnum):
    """Where a business case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"


BEING_WRITTEN = frozenset({CaseState.DRAFT, CaseState.RETURNED})
"""States in which the case can be edited; in every other it is frozen."""

WRITTEN_IN = frozenset({ChallengeState.SHOWCASE, ChallengeState.BUSINESS_CASE})
"""States of the challenge in which its case can be written: from the showcase on, when there is something to buy."""


TOGETHER = "approve_funding_together"
"""The challenge's move that finds the money where two people decide."""


class SectionKey(Worded):
    """The five cases of the Treasury's model, in plain words first."""

    STRATEGIC = (
        "strategic",
        "Why it is needed (strategic case)",
        "The need, who has it and how we know; how meeting it fits what the authority has set out to do.",
    )
    ECONOMIC = (
        "economic",
        "What the public gets (economic case)",
        "What each option brings to residents and staff, and why the preferred one brings most for its cost.",
    )
    COMMERCIAL = (
        "commercial",
        "Whether the deal holds (commercial case)",
        "Who could supply it, how they would be paid, who keeps the ideas, and what the law asks of the purchase.",
    )
    FINANCIAL = (
        "financial",
        "How it is paid for (financial case)",
        "What it costs in which year, what it saves, and why the budget can carry it.",
    )
    MANAGEMENT = (
        "management",
        "How it gets done (management case)",
        "Who leads it, by when, what could go wrong, and how we will know that it worked.",
    )


class OptionKind(Worded):
    """What sort of choice an option is. Doing nothing is always one, because everything is compared with it."""

    DO_NOTHING = ("do_nothing", "Do nothing", "Carry on as now.")
    DO_MINIMUM = ("do_minimum", "Do the least", "The smallest change that would still help.")
    OTHER = ("other", "Do something new", "What a firm showed, or any other way to meet the need.")


class Level(Worded):
    """How likely something is, or how bad; and from the two, how much it matters."""

    LOW = ("low", "Low")
    MEDIUM = ("medium", "Medium")
    HIGH = ("high", "High")

    @property
    def weight(self) -> int:
        """1 to 3."""
        return list(Level).index(self) + 1

    @classmethod
    def of(cls, likelihood: "Level", impact: "Level") -> "Level":
        """What the two come to: their weights multiplied, low up to 2, high from 6."""
        product = likelihood.weight * impact.weight
        return cls.HIGH if product >= 6 else cls.MEDIUM if product >= 3 else cls.LOW


SHORT_CASE_BELOW_PENCE = 30_000_00
"""Below this amount, VAT included, a short justification (three sections of the five) is enough.

The Treasury's guidance asks for effort in proportion and knows a short form for small schemes, but names no amount.
This is ours: £30,000 is where the law begins to ask most authorities for public notice of a contract (Procurement
Act 2023 s.84), so a small case never carries a larger purchase than one the law itself treats as small.
"""

SHORT_CASE = (SectionKey.STRATEGIC, SectionKey.FINANCIAL, SectionKey.MANAGEMENT)
"""The sections of a short justification."""


def sections_for(amount_with_vat: int | None) -> tuple[SectionKey, ...]:
    """The sections a case needs for its amount; all five while the amount is not known."""
    if amount_with_vat is not None and amount_with_vat < SHORT_CASE_BELOW_PENCE:
        return SHORT_CASE
    return tuple(SectionKey)


def exceeds(amount_with_vat: int | None, limit: int | None) -> bool:
    """Whether an amount is more than somebody may decide on, in pence including VAT; None means no limit."""
    return limit is not None and amount_with_vat is not None and amount_with_vat > limit


def vat_words(vat: Vat) -> str:
    """A VAT basis inside a sentence: “including VAT”."""
    return vat.title[:1].lower() + vat.title[1:]

"""The notices of the Procurement Act 2023, in plain words and by their legal names."""

from enum import Enum
from typing import Self


class NoticeKind(Enum):
    """A notice published on the central digital platform.

    The value is unique. ``code`` is the platform's: a below-threshold tender notice travels as a
    UK4 too, although it has duties of its own (Procurement Act 2023 s.87).
    """

    code: str
    title: str
    legal_name: str
    source: str

    def __new__(cls, key: str, title: str = "", legal_name: str = "", source: str = "", code: str = "") -> Self:
        """Make the member that is stored as ``key``; its code is the key unless another is given.

        Every member has its words; the defaults let a look-up by key type-check.
        """
        member = object.__new__(cls)
        member._value_ = key
        member.code = code or key
        member.title = title
        member.legal_name = legal_name
        member.source = f"Procurement Act 2023 {source}"
        return member

    UK1 = ("UK1", "What we plan to buy this year", "Pipeline notice", "s.93")
    UK2 = (
        "UK2",
        "We are talking to firms first",
        "Preliminary market engagement notice",
        "s.17",
    )
    UK3 = ("UK3", "We intend to invite tenders", "Planned procurement notice", "s.15")
    UK4 = ("UK4", "Tenders are invited", "Tender notice", "s.21")
    UK5 = ("UK5", "We intend to award without a competition", "Transparency notice", "s.44")
    UK6 = ("UK6", "We intend to sign with the chosen firm", "Contract award notice", "s.50")
    UK7 = ("UK7", "The contract is signed", "Contract details notice", "s.53 and s.87(3)")
    UK8 = ("UK8", "What was paid under the contract", "Contract payment notice", "s.70")
    UK9 = ("UK9", "How well the contract is going", "Contract performance notice", "s.71")
    UK10 = ("UK10", "The contract is changing", "Contract change notice", "s.75")
    UK11 = ("UK11", "The contract has ended", "Contract termination notice", "s.80")
    UK12 = (
        "UK12",
        "No contract will be awarded",
        "Procurement termination notice",
        "s.55",
    )
    UK13 = (
        "UK13",
        "We intend to open a list of suppliers",
        "Dynamic market intention notice",
        "s.39",
    )
    UK14 = (
        "UK14",
        "A list of suppliers is open",
        "Dynamic market establishment notice",
        "s.39",
    )
    UK15 = (
        "UK15",
        "A list of suppliers has changed",
        "Dynamic market modification notice",
        "s.39",
    )
    UK16 = (
        "UK16",
        "A list of suppliers has closed",
        "Dynamic market cessation notice",
        "s.39",
    )
    UK17 = ("UK17", "How promptly we pay", "Payments compliance notice", "s.69")
    BELOW_THRESHOLD_TENDER = (
        "BELOW_THRESHOLD_TENDER",
        "Tenders are invited for a smaller contract",
        "Below-threshold tender notice",
        "s.87(1)",
        "UK4",
    )

    @property
    def is_tender(self) -> bool:
        """Whether it invites firms to tender, above the threshold (s.21) or below it (s.87)."""
        return self in {NoticeKind.UK4, NoticeKind.BELOW_THRESHOLD_TENDER}

    @property
    def is_transparency(self) -> bool:
        """Whether it announces a direct award (s.44)."""
        return self is NoticeKind.UK5

    @property
    def begins_a_public_procurement(self) -> bool:
        """Whether ending without an award after it must itself be announced (s.55(1)).

        Section 55 speaks of public contracts: a below-threshold tender notice is not among them.
        """
        return self in {NoticeKind.UK4, NoticeKind.UK5}

"""How large a contract is in the eyes of the law: thresholds by authority, contract and date."""

from dataclasses import dataclass
from datetime import date

from portal.law.words import Worded

ACT_IN_FORCE = date(2025, 2, 24)
"""Procurements begun earlier keep the Public Contracts Regulations 2015."""


class AuthorityKind(Worded):
    """What sort of public body buys. In a joint challenge the lead authority's kind decides."""

    LOCAL_AUTHORITY = ("local_authority", "Council or combined authority")
    NHS = ("nhs", "NHS trust or other NHS body")
    CENTRAL_GOVERNMENT = ("central_government", "Central government")
    UNIVERSITY = ("university", "University or college")
    HOUSING_ASSOCIATION = ("housing_association", "Housing association")
    OTHER_PUBLIC = ("other_public", "Other public body")

    @property
    def counts_as_central(self) -> bool:
        """Whether the lower, central government amounts apply.

        Procurement Act 2023 Sch. 1 para 5 and s.87(4). NHS bodies count as central government
        for both amounts; that was read in practitioners' notes (LUPC on PPN 023, Ward Hadaway),
        not in the regulations, so check it again before go-live.
        """
        return self in {AuthorityKind.NHS, AuthorityKind.CENTRAL_GOVERNMENT}


class ContractKind(Worded):
    """What sort of thing is bought."""

    GOODS = ("goods", "Goods")
    SERVICES = ("services", "Services")
    WORKS = ("works", "Building works")
    LIGHT_TOUCH = ("light_touch", "Social, health or similar services (light touch)")


class Standing(Worded):
    """Where an estimated value stands, which decides the duties that come with it."""

    ABOVE_THRESHOLD = (
        "above_threshold",
        "Above the threshold",
        "A public contract: the whole Act applies.",
    )
    NOTIFIABLE = (
        "notifiable",
        "Below the threshold, notifiable",
        "Below the threshold, but large enough that notices must be published.",
    )
    SMALL = (
        "small",
        "Below the threshold, small",
        "Too small for notices to be required.",
    )


@dataclass(frozen=True, slots=True)
class Amounts:
    """One row of the dated table: pence including VAT from a day on, and where they were read."""

    since: date
    central: int
    sub_central: int
    works: int
    light_touch: int
    notifiable_central: int
    notifiable_others: int
    source: str

    def threshold(self, authority: AuthorityKind, contract: ContractKind) -> int:
        """From here on a public contract. For works and light touch every authority has the same."""
        if contract is ContractKind.WORKS:
            return self.works
        if contract is ContractKind.LIGHT_TOUCH:
            return self.light_touch
        return self.central if authority.counts_as_central else self.sub_central

    def notifiable(self, authority: AuthorityKind) -> int:
        """From here on a below-threshold contract needs notices."""
        return self.notifiable_central if authority.counts_as_central else self.notifiable_others


AMOUNTS = (
    Amounts(
        since=date(2026, 1, 1),
        central=135_018_00,
        sub_central=207_720_00,
        works=5_193_000_00,
        light_touch=663_540_00,
        notifiable_central=12_000_00,
        notifiable_others=30_000_00,
        source="Procurement Act 2023 Sch. 1 from 1 January 2026, as in LUPC's note on PPN 023; s.87(4)",
    ),
    Amounts(
        since=ACT_IN_FORCE,
        central=139_688_00,
        sub_central=214_904_00,
        works=5_372_609_00,
        light_touch=663_540_00,
        notifiable_central=12_000_00,
        notifiable_others=30_000_00,
        source="Procurement Act 2023 Sch. 1 until 31 December 2025, as in Devonshires' note; s.87(4)",
    ),
)
"""Newest first. Revised every second January. The amounts of Sch. 1 were read in the notes named
here, not in the statutory instrument: check them again before go-live."""


def _in_force(on: date) -> Amounts:
    for amounts in AMOUNTS:
        if amounts.since <= on:
            return amounts
    raise ValueError(
        "The Procurement Act 2023 covers procurements begun on or after 24 February 2025; "
        "earlier ones keep the Public Contracts Regulations 2015"
    )


def threshold(authority: AuthorityKind, contract: ContractKind, on: date) -> int:
    """Pence including VAT from which a contract is a public contract (Procurement Act 2023 Sch. 1).

    ``on`` is the day the procurement begins. Raises ValueError for a day before the Act.
    """
    return _in_force(on).threshold(authority, contract)


def notifiable_from(authority: AuthorityKind, on: date) -> int:
    """Pence including VAT from which a below-threshold contract is notifiable.

    Procurement Act 2023 s.87(4). Raises ValueError for a day before the Act.
    """
    return _in_force(on).notifiable(authority)


def amounts_source(on: date) -> str:
    """Where the amounts of a day were read. Raises ValueError for a day before the Act."""
    return _in_force(on).source


def estimated_value(base: int, options: int = 0, participant_payments: int = 0) -> int:
    """The most the contract could cost, in pence including VAT (Procurement Act 2023 Sch. 3 para 1).

    Counts every option to buy or extend and everything paid to those who take part, so that a
    purchase option can lift a small pilot over the threshold. VAT counts by s.123(2). Raises
    ValueError for a negative part.
    """
    parts = (base, options, participant_payments)
    if min(parts) < 0:
        raise ValueError("No part of an estimated value can be negative")
    return sum(parts)


def standing(authority: AuthorityKind, contract: ContractKind, value: int | None, on: date) -> Standing:
    """Where an estimated value (pence including VAT) stands on the day a procurement begins.

    An amount equal to a threshold has reached it (Procurement Act 2023 s.3(2) and s.87(4): "not
    less than"). A value that cannot be estimated, None, counts as above (Sch. 3 para 5). In a
    joint challenge ``authority`` is the lead's kind. Raises ValueError for a day before the Act.
    """
    if value is None or value >= threshold(authority, contract, on):
        return Standing.ABOVE_THRESHOLD
    if value >= notifiable_from(authority, on):
        return Standing.NOTIFIABLE
    return Standing.SMALL

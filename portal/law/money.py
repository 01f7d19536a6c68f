"""Money: whole pence, with what is known of its VAT. Never floats."""

import re
from decimal import Decimal

from portal.law.words import Worded

MOST_PENCE = 10**14
"""One million million pounds: no public contract is larger, and it fits every database."""

_AMOUNT = re.compile(
    r"£?\s*(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"\s*(?P<unit>k|thousand|m|million)?",
    re.IGNORECASE,
)
_UNITS = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


class Vat(Worded):
    """Whether an amount already holds VAT."""

    INCLUSIVE = ("inclusive", "Including VAT")
    EXCLUSIVE = ("exclusive", "Before VAT")
    NOT_APPLICABLE = ("not_applicable", "No VAT is due")


def pounds(pence: int) -> str:
    """The amount as people write it: ``£207,720``, or ``£12.50`` where there are pence."""
    whole, rest = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return f"{sign}£{whole:,}.{rest:02}" if rest else f"{sign}£{whole:,}"


def parse_pounds(text: str) -> int:
    """Pence from what somebody typed: ``£40,000``, ``40000.50``, ``40k`` or ``1.5m``.

    Raises ValueError, with a sentence to show beside the field, for anything else: a misplaced
    comma is refused rather than guessed at, and so is a part of a penny.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError("Enter an amount in pounds, such as £40,000 or 40k.")
    unit = _UNITS[(match["unit"] or "").lower()]
    pence = Decimal(match["number"].replace(",", "")) * unit * 100
    if pence > MOST_PENCE:
        raise ValueError(f"Enter an amount of no more than {pounds(MOST_PENCE)}.")
    if pence != int(pence):
        raise ValueError("Enter an amount in pounds and whole pence, such as £12.50.")
    return int(pence)


def with_vat(pence: int, basis: Vat, rate: int = 20) -> int:
    """The amount including VAT at ``rate`` per cent, to the nearest penny, halves up.

    Every comparison with a threshold uses this amount (Procurement Act 2023 s.123(2): an
    amount payable includes its VAT). The standard rate is 20% (Value Added Tax Act 1994 s.2).
    Raises ValueError for a negative amount or rate.
    """
    if pence < 0 or rate < 0:
        raise ValueError("An amount and its VAT rate cannot be negative")
    if basis is not Vat.EXCLUSIVE:
        return pence
    return pence + (pence * rate + 50) // 100


def on_basis(pence: int, basis: Vat, wanted: Vat, rate: int = 20) -> int:
    """An amount on another VAT basis, to the nearest penny, halves up, at ``rate`` per cent.

    So that what was invoiced can be set beside what a contract is worth. Where no VAT is due, an amount is the
    same on every basis. Raises ValueError for a negative amount or rate.
    """
    if wanted is Vat.INCLUSIVE:
        return with_vat(pence, basis, rate)
    if pence < 0 or rate < 0:
        raise ValueError("An amount and its VAT rate cannot be negative")
    if basis is Vat.INCLUSIVE and wanted is Vat.EXCLUSIVE:
        return (pence * 200 + 100 + rate) // (2 * (100 + rate))
    return pence

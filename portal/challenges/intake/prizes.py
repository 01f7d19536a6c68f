"""Amounts of money as people write them: "$1,000,000", "Up to £1.5 million", "EUR 40k"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final


class UnreadableAmount(ValueError):
    """The text is not one amount in one currency."""


@dataclass(frozen=True)
class Prize:
    """An amount in minor units (cents, pence) of a currency, with the words it was read from.

    `is_ceiling`: the publisher says "up to", so less may be given.
    """

    minor: int
    currency: str
    is_ceiling: bool
    original: str


def read_prize(text: str) -> Prize:
    """The one amount a text names.

    Raises:
        UnreadableAmount: no amount, several, none of a known currency, or a fraction of a penny.
    """
    match = _AMOUNT.fullmatch(" ".join(text.lower().split()))
    sign = match and (match["before"] or match["after"])
    if match is None or not sign or (match["before"] and match["after"] and not _agree(match)):
        raise UnreadableAmount(f"“{text.strip()}” is not one amount in one currency")
    minor = Decimal(match["number"].replace(",", "")) * _SCALES[match["scale"] or ""] * 100
    if minor != minor.to_integral_value() or minor > _LARGEST:
        raise UnreadableAmount(f"“{text.strip()}” is not an amount that can be kept in whole cents or pence")
    return Prize(int(minor), _CURRENCIES[sign], match["ceiling"] is not None, text.strip())


def _agree(match: re.Match[str]) -> bool:
    return _CURRENCIES[match["before"]] == _CURRENCIES[match["after"]]


_LARGEST: Final = 10**17
"""Ten times this still fits the database's 64 bits."""

_CURRENCIES: Final = {
    "£": "GBP",
    "gbp": "GBP",
    "€": "EUR",
    "eur": "EUR",
    "us$": "USD",
    "$": "USD",
    "usd": "USD",
}
_SCALES: Final = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_SIGN: Final = "|".join(re.escape(sign) for sign in _CURRENCIES)
_AMOUNT: Final = re.compile(
    rf"(?P<ceiling>up to )?(?:a total of )?(?P<before>{_SIGN})? ?"
    rf"(?P<number>(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,15}})(?:\.\d{{1,6}})?)"
    rf" ?(?P<scale>k|m|bn|b|thousand|million|billion)? ?(?P<after>{_SIGN})?",
    re.ASCII,
)

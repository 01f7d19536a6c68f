"""Amounts as publishers write them."""

import pytest

from portal.challenges.intake.prizes import Prize, UnreadableAmount, read_prize


@pytest.mark.parametrize(
    ("text", "minor", "currency", "is_ceiling"),
    [
        ("$1,000,000", 100_000_000, "USD", False),
        ("$3,000,000.00", 300_000_000, "USD", False),
        ("$85,500", 8_550_000, "USD", False),
        ("Up to $875k", 87_500_000, "USD", True),
        ("up to £1.5 million", 150_000_000, "GBP", True),
        ("US$ 40", 4_000, "USD", False),
        ("$150,000 USD", 15_000_000, "USD", False),
        ("€2bn", 200_000_000_000, "EUR", False),
        ("EUR 12.34", 1_234, "EUR", False),
        (" £5000 ", 500_000, "GBP", False),
    ],
)
def test_amounts_become_whole_pence(text: str, minor: int, currency: str, is_ceiling: bool) -> None:
    assert read_prize(text) == Prize(minor, currency, is_ceiling, text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "free",
        "1000",
        "$",
        "£1.2 million to £2 million",
        "$1,00,000",
        "£1.005",
        "$1 GBP",
        "-$5",
        "$9" + "9" * 14 + "bn",
    ],
)
def test_what_is_not_one_amount_is_not_guessed_at(text: str) -> None:
    with pytest.raises(UnreadableAmount):
        read_prize(text)

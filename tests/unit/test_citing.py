"""References to the law are kept together on a line."""

import pytest

from portal.web.filters import cited


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Procurement Regulations 2024 reg. 27(2)(e)", "Procurement Regulations 2024 reg.\u00a027(2)(e)"),
        (
            "Procurement Regulations 2024 regs. 18(2) and 19(2)",
            "Procurement Regulations 2024 regs.\u00a018(2) and 19(2)",
        ),
        ("Procurement Act 2023 s.53 and s.87(3)", "Procurement Act 2023 s.\u206053 and s.\u206087(3)"),
        ("Procurement Act 2023 Sch. 5 para 2", "Procurement Act 2023 Sch.\u00a05 para\u00a02"),
        ("3 phases, 2 firms", "3 phases, 2 firms"),
    ],
)
def test_no_line_ends_between_a_reference_and_its_number(words: str, kept: str) -> None:
    assert cited(words) == kept

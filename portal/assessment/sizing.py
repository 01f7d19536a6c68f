"""How many people should score each response: a rule of proportion, which advises the officer and binds nobody."""

from dataclasses import dataclass

SMALL_BELOW = 30_000_00
"""Pence, VAT and options included: under what must be published at all (Procurement Act 2023 s.87(4)), the officer
who decides reviews one person's scores, because a larger panel would cost more than it protects."""

LARGE_FROM = 207_720_00
"""Pence: the threshold for services of most authorities in 2026. Above it a court may look at the scores, and three
people can differ without two of them having to give in."""


@dataclass(frozen=True, slots=True)
class Advice:
    """How many people should score each response, and why in a sentence."""

    people: int
    sentence: str


def advised(value_pence: int | None, *, competition: bool, quorum: int) -> Advice:
    """The size of a panel for a value in pence (None: not known) and a way of choosing, beside what is published."""
    people, why = 2, "a contract of middling value"
    if competition or (value_pence or 0) >= LARGE_FROM:
        people, why = 3, "a competition, or a contract worth £207,720 or more,"
    elif value_pence is not None and value_pence < SMALL_BELOW:
        people, why = 1, "a contract under £30,000"
    who = {1: "one scorer, and you as the reviewer, are enough", 2: "two assessors are right", 3: "three are right"}
    said = f"For {why} {who[people]}. The brief promises {quorum} for each response"
    return Advice(people, f"{said}, which is fewer: think of adding one." if quorum < people else f"{said}.")

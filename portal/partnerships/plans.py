"""What an officer writes of a contract and its phases, as forms give it and services take it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a contract as an officer writes them; the option's three stay empty where none is offered."""

    contract_reference: str
    value_pence: int | None
    ip_terms: str
    gate_break_terms: str
    option_offered: bool = False
    option_level: str = ""
    option_maximum_pence: int | None = None
    option_expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """One phase as an officer plans it; `targets` are pairs of a target and how it is measured."""

    title: str
    starts_on: date
    ends_on: date
    payment_pence: int
    targets: tuple[tuple[str, str], ...]

"""What people write of a contract, its phases and its invoices, as forms give it and services take it."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.law.modifications import ModificationGround, OptionTerms
from portal.law.money import Vat
from portal.partnerships.models import Phase
from portal.partnerships.pathway import EventKind


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


@dataclass(frozen=True, slots=True)
class Billed:
    """What an invoice says; `falls_due_on` only where it names a day itself."""

    number: str
    amount_pence: int
    vat: Vat
    phase: Phase | None = None
    falls_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment: its day, its whole pence on the invoice's basis, and a word where it is less than is due."""

    paid_on: date
    paid_pence: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """A proposed change: `phases` holds the last day and the payment wanted for phases, by their number.

    `added` is a phase to follow the last one, `option` the terms on which the finished thing may be bought from now on.
    """

    title: str
    why: str
    phases: dict[int, tuple[date, int]]
    scope_changes: bool
    favours_firm: bool
    ground: ModificationGround
    ground_reason: str = ""
    waits: bool = False
    added: PhasePlan | None = None
    option: OptionTerms | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a partner, with its evidence, and the moment until which the firm can answer."""

    kind: EventKind
    happened_on: date
    what: str
    evidence: str
    hear_by: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A benefit that was seen; `money_pence` where it can be put in money.

    `criterion_id`: the criterion under which the firm promised it as social value, if it did. `shown_to_firm`: the
    firm reads it; what a firm reports itself always is.
    """

    seen_on: date
    what: str
    evidence: str
    money_pence: int | None = None
    criterion_id: int | None = None
    shown_to_firm: bool = True

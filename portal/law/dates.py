"""The dates that law or promise sets for a procurement: each with its rule in plain words and where it stands.

What was not read in the law itself, or may change, says so (`Basis.CHECK`) and is said on every page; its figure is in
the dated table below.
"""

from dataclasses import dataclass
from datetime import date

from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing
from portal.law.words import Worded


class Basis(Worded):
    """What a date rests on."""

    LAW = ("law", "The law")
    CHECK = ("check", "The law, to be checked before you rely on it")
    POLICY = ("policy", "Our own policy")
    BRIEF = ("brief", "Promised in the brief")
    CONTRACT = ("contract", "Agreed in the contract")


@dataclass(frozen=True, slots=True)
class Rule:
    """What sets a date. `asks`: somebody must do something by it; otherwise it passes by itself.

    `bounds`: it only says how early another date may fall, so that nobody waits for it.
    """

    key: str
    title: str
    words: str
    source: str
    basis: Basis = Basis.LAW
    asks: bool = False
    notice: bool = False
    bounds: bool = False


@dataclass(frozen=True, slots=True)
class Periods:
    """One row of the dated table: days, amounts in pence including VAT, from a day on, and where they were read."""

    since: date
    details_days: int
    details_days_light_touch: int
    copy_days: int
    copy_days_light_touch: int
    large_contract: int
    payment_days: int
    payment_over: int
    payments_since: date
    performance_since: date
    termination_days: int
    source: str


PERIODS = (
    Periods(
        since=date(2025, 2, 24),
        details_days=30,
        details_days_light_touch=120,
        copy_days=90,
        copy_days_light_touch=180,
        large_contract=5_000_000_00,
        payment_days=30,
        payment_over=30_000_00,
        payments_since=date(2026, 4, 1),
        performance_since=date(2026, 1, 1),
        termination_days=30,
        source="Procurement Act 2023 s.52, 53, 70, 71 and 80; the days on which s.70 and s.71 came into force as read "
        "in practitioners' notes; 180 days for light touch copies (s.53(3)) and the quarters of s.70(5) from memory",
    ),
)
"""Newest first. Check the days of commencement, the 180 days and the quarters again before go-live."""


def periods(on: date) -> Periods:
    """The periods in force on a day. Raises ValueError for a day before the Act."""
    for each in PERIODS:
        if each.since <= on:
            return each
    raise ValueError("The Procurement Act 2023 covers procurements begun on or after 24 February 2025")


QUESTIONS = Rule(
    "questions",
    "Questions close",
    "Firms may ask until this moment. It must come before the deadline, with time left to answer everybody.",
    "The brief; equal treatment under Procurement Act 2023 s.12(2)",
    Basis.BRIEF,
)
LEAST_TIME = Rule(
    "least_time",
    "Earliest lawful deadline",
    "Firms must have at least this long to answer.",
    "Procurement Act 2023 s.54",
    bounds=True,
)
DEADLINE = Rule(
    "deadline",
    "Responses close",
    "What comes later is not looked at.",
    "The brief; Procurement Act 2023 s.54(1): the same deadline for everybody",
    Basis.BRIEF,
)
DECISION = Rule(
    "decision",
    "Firms hear the decision",
    "The day the brief promised to every firm that answers.",
    "The brief",
    Basis.BRIEF,
    asks=True,
)
NOTICE_BEFORE = Rule(
    "notice_before",
    "Notice before the next step",
    "It must be published before the step that needs it. The law sets no day, so it is due when that step is.",
    "Procurement Act 2023 s.17, 21, 44, 50 and 87(1)",
    asks=True,
    notice=True,
)
SUMMARIES = Rule(
    "summaries",
    "Assessment summaries reach every assessed firm",
    "All at the same time, and before the award notice is published.",
    "Procurement Act 2023 s.50(3); Procurement Regulations 2024 reg. 31",
    asks=True,
)
PLANNED_WINDOW = Rule(
    "planned_window",
    "Tender notice that makes the time to tender shorter",
    "From this day on a tender notice finds the planned procurement notice (UK3) qualifying, for as long as the twelve "
    "months last: tenders may then close after 10 days instead of 25.",
    "Procurement Act 2023 s.15(3) and s.54(4)",
    bounds=True,
)
STANDSTILL = Rule(
    "standstill",
    "Standstill ends",
    "No contract may be signed before eight working days have passed, nor while a claim is pending.",
    "Procurement Act 2023 s.51 and s.101; working days as in s.123(1)",
)
DETAILS = Rule(
    "details",
    "Publish the contract details notice (UK7)",
    "Within 30 days of signing, 120 for a light touch contract.",
    "Procurement Act 2023 s.53(1)",
    asks=True,
    notice=True,
)
DETAILS_SMALL = Rule(
    "details",
    "Publish the contract details notice (UK7)",
    "As soon as reasonably practicable after signing, for a notifiable contract below the threshold. "
    "The law sets no day.",
    "Procurement Act 2023 s.87(3)",
    asks=True,
    notice=True,
)
COPY = Rule(
    "copy",
    "Publish a copy of the contract",
    "Within 90 days of signing where the estimated value is more than £5 million. For light touch we count 180 days, "
    "which we know from memory only.",
    "Procurement Act 2023 s.53(3)",
    Basis.CHECK,
    asks=True,
)
MEASURES = Rule(
    "measures",
    "Set at least three performance measures (KPIs)",
    "Before signing, where the estimated value is more than £5 million, unless performance cannot be measured so.",
    "Procurement Act 2023 s.52",
    asks=True,
)
LEAST_MEASURES = 3
"""How many measures a contract has at least that must have any (Procurement Act 2023 s.52(1))."""
PERFORMANCE = Rule(
    "performance",
    "Assess performance and publish it (UK9)",
    "At least once in every 12 months, against the measures that were set, and when the contract ends. "
    "The portal counts from signing, and then from the last notice.",
    "Procurement Act 2023 s.71(2), in force from 1 January 2026 as read in practitioners' notes",
    Basis.CHECK,
    asks=True,
    notice=True,
)
PAYMENT = Rule(
    "payment",
    "Publish what was paid (UK8)",
    "Payments of more than £30,000 are published within 30 days of the end of the quarter in which they were made. "
    "The portal knows the day on which a payment fell due, and counts from there: check it against your ledger.",
    "Procurement Act 2023 s.70, in force from 1 April 2026 as read in practitioners' notes",
    Basis.CHECK,
    asks=True,
    notice=True,
)
CHANGE = Rule(
    "change",
    "Publish the contract change notice (UK10)",
    "Before the change is made. Some small changes need none.",
    "Procurement Act 2023 s.75",
    asks=True,
    notice=True,
)
TERMINATION = Rule(
    "termination",
    "Publish the contract termination notice (UK11)",
    "Within 30 days of the contract's end, whatever the reason for it; running out counts too.",
    "Procurement Act 2023 s.80(1)",
    asks=True,
    notice=True,
)
NO_AWARD = Rule(
    "no_award",
    "Publish the procurement termination notice (UK12)",
    "As soon as reasonably practicable after the decision to award no contract. The law sets no day.",
    "Procurement Act 2023 s.55(2)",
    asks=True,
    notice=True,
)
CONTRACT_END = Rule(
    "contract_end",
    "The contract's last phase ends",
    "The last day of the last phase. The contract termination notice follows once the contract has ended.",
    "The contract",
    Basis.CONTRACT,
)
OPTION = Rule(
    "option",
    "Last day to take the purchase option",
    "After it the finished thing can be bought only by a new procurement.",
    "The contract; Procurement Act 2023 Sch. 8 para 1",
    Basis.CONTRACT,
)

RULES = {
    each.key: each
    for each in (
        QUESTIONS,
        LEAST_TIME,
        DEADLINE,
        DECISION,
        NOTICE_BEFORE,
        PLANNED_WINDOW,
        SUMMARIES,
        STANDSTILL,
        DETAILS,
        COPY,
        MEASURES,
        PERFORMANCE,
        PAYMENT,
        CHANGE,
        TERMINATION,
        NO_AWARD,
        CONTRACT_END,
        OPTION,
    )
}
"""Every rule by its key."""


def is_large(value: int | None, on: date) -> bool:
    """Whether measures and the copy of the contract are asked for: more than £5 million (s.52(1), s.53(3)).

    A value that cannot be estimated counts as large (Procurement Act 2023 Sch. 3 para 5 treats it as above).
    """
    return value is None or value > periods(on).large_contract


def contract_details_days(contract: ContractKind, standing: Standing, signed_on: date) -> int | None:
    """Within how many days of signing, the first of them, UK7 is published (Procurement Act 2023 s.53(1)).

    None below the threshold, where s.87(3) says only "as soon as reasonably practicable".
    """
    if standing is not Standing.ABOVE_THRESHOLD:
        return None
    table = periods(signed_on)
    return table.details_days_light_touch if contract is ContractKind.LIGHT_TOUCH else table.details_days


def contract_copy_days(contract: ContractKind, standing: Standing, value: int | None, signed_on: date) -> int | None:
    """Within how many days a copy of the contract is published, or None where it need not be (s.53(3))."""
    if standing is not Standing.ABOVE_THRESHOLD or not is_large(value, signed_on):
        return None
    table = periods(signed_on)
    return table.copy_days_light_touch if contract is ContractKind.LIGHT_TOUCH else table.copy_days


def measures_due(kind: ReleaseKind, contract: ContractKind, standing: Standing, value: int | None, on: date) -> bool:
    """Whether at least three performance measures are set before signing (Procurement Act 2023 s.52).

    For a public contract of more than £5 million that is not light touch (s.52(6)).
    """
    return is_public_contract(kind, standing) and contract is not ContractKind.LIGHT_TOUCH and is_large(value, on)


def payment_is_published(standing: Standing, pence: int, paid_on: date) -> bool:
    """Whether a payment (pence including VAT) under a contract is published (Procurement Act 2023 s.70(1))."""
    table = periods(paid_on)
    return standing is Standing.ABOVE_THRESHOLD and pence > table.payment_over and paid_on >= table.payments_since


def is_public_contract(kind: ReleaseKind, standing: Standing) -> bool:
    """Whether a contract is a public one (Procurement Act 2023 s.3): above the threshold, and not exempted.

    What is paid under it (s.70), how it changes (s.74) and that it ends (s.80(1)) is published for these alone.
    """
    return standing is Standing.ABOVE_THRESHOLD and kind is not ReleaseKind.EXEMPT

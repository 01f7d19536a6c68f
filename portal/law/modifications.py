"""Changing a contract that was awarded: on which ground, and which notice comes first."""

from dataclasses import dataclass
from datetime import date

from portal.law.dates import is_public_contract
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing
from portal.law.words import Worded


class ModificationGround(Worded):
    """Why a contract may be changed without a new procurement (Procurement Act 2023 s.74(1) and (2), Sch. 8)."""

    NOT_SUBSTANTIAL = (
        "not_substantial",
        "It is not substantial",
        "Section 74(3): the term changes by no more than 10%, the scope not materially, and the economic balance not "
        "materially in the firm’s favour.",
    )
    BELOW_THRESHOLD = (
        "below_threshold",
        "It is a below-threshold modification",
        "Section 74(4): its value, with earlier ones on this ground, is no more than 10% (works 15%) and under the "
        "threshold, and the scope does not change materially.",
    )
    PROVIDED_FOR = ("provided_for", "The contract and its notice provide for it", "Schedule 8, paragraph 1.")
    URGENT = ("urgent", "Extreme urgency, or to protect life", "Schedule 8, paragraphs 2 and 3.")
    UNFORESEEABLE = ("unforeseeable", "Nobody could have foreseen it", "Schedule 8, paragraph 4.")
    KNOWN_RISK = ("known_risk", "A risk named at the start has come true", "Schedule 8, paragraphs 5 to 7.")
    ADDITIONAL = (
        "additional",
        "More of the same is needed, and only this firm can give it",
        "Schedule 8, paragraph 8.",
    )
    RESTRUCTURING = (
        "restructuring",
        "The firm was restructured and another takes its place",
        "Schedule 8, paragraph 9: the only way in which a partner can be replaced. Always needs the notice.",
    )
    OUTSIDE = (
        "outside",
        "These rules do not apply",
        "Below the threshold, light touch, or research outside the Act: what the contract itself says applies.",
    )


SUBSTANTIAL_TERM_PER_CENT = 10
"""By how much of its longest term a contract may change before that alone is substantial (s.74(3)(a))."""

_SMALL_CHANGE = {ContractKind.WORKS: 15}
"""Per cent of the value up to which no notice is needed; ten but for works (s.75(2)(a))."""


@dataclass(frozen=True, slots=True)
class Modification:
    """A change in figures: whole pence of value and days of term, as awarded, before this change, and after it."""

    awarded_pence: int
    value_before: int
    value_after: int
    awarded_days: int
    days_before: int
    days_after: int


@dataclass(frozen=True, slots=True)
class OptionTerms:
    """Under which terms the finished thing may be bought: the level of performance, whole pence at most, until when."""

    level: str
    maximum_pence: int
    expires_on: date


def rules_apply(kind: ReleaseKind, contract: ContractKind, standing: Standing) -> bool:
    """Whether sections 74 and 75 apply: to public contracts, but a light touch one may be changed freely (s.74(2)).

    A contract below the threshold whose change would lift it above (a convertible contract) is asked with the
    standing that its new value has.
    """
    return is_public_contract(kind, standing) and contract is not ContractKind.LIGHT_TOUCH


def is_substantial(change: Modification, *, scope: bool, favours_firm: bool) -> bool:
    """Whether a change is substantial (s.74(3)): its term by more than 10%, or as a person judged scope and balance."""
    longer = abs(change.days_after - change.awarded_days) * 100 > SUBSTANTIAL_TERM_PER_CENT * change.awarded_days
    return scope or favours_firm or longer


def change_notice_due(change: Modification, contract: ContractKind, ground: ModificationGround) -> bool:
    """Whether the contract change notice (UK10) must be published before the change is made (s.75).

    Not where value and term both change little (s.75(2)); the change is taken together with the earlier ones, since
    what could have been made together counts as one (s.75(4) and (5)). The Act joins its two exceptions with "or";
    a notice is asked for here as soon as one of the two changes by more, which is the careful reading.
    """
    if ground is ModificationGround.RESTRUCTURING:
        return True
    most = _SMALL_CHANGE.get(contract, 10)
    values = (change.value_before, change.awarded_pence)
    terms = (change.days_before, change.awarded_days)
    dearer = any(abs(change.value_after - before) * 100 > most * change.awarded_pence for before in values)
    longer = any(abs(change.days_after - before) * 100 > 10 * change.awarded_days for before in terms)
    return dearer or longer


def option_notice_due(
    awarded: OptionTerms, before: OptionTerms, after: OptionTerms, contract: ContractKind, ground: ModificationGround
) -> bool:
    """Whether altering a purchase option must be noticed before it is done (Procurement Act 2023 s.75).

    The option is part of the contract's estimated value (Sch. 3), so its maximum counts like value: small changes, with
    the earlier ones, need none. What must be reached and until when is measured by neither value nor term, and firms
    that lost could have judged it differently: we publish any change of it, which is the careful reading.
    """
    unmeasured = (before.level, before.expires_on) != (after.level, after.expires_on)
    if unmeasured or ground is ModificationGround.RESTRUCTURING:
        return True
    most = _SMALL_CHANGE.get(contract, 10)
    earlier = (before.maximum_pence, awarded.maximum_pence)
    return any(abs(after.maximum_pence - each) * 100 > most * awarded.maximum_pence for each in earlier)

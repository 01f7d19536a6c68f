"""Which release kinds are open for a contract, each with its reason in a sentence."""

from dataclasses import dataclass
from datetime import date

from portal.law.money import pounds
from portal.law.releases import ReleaseKind
from portal.law.thresholds import AuthorityKind, ContractKind, Standing, standing, threshold


@dataclass(frozen=True, slots=True)
class Route:
    """A release kind, whether it is open for this contract, and why in one sentence."""

    kind: ReleaseKind
    is_open: bool
    reason: str


def routes(authority: AuthorityKind, contract: ContractKind, value: int | None, on: date) -> tuple[Route, ...]:
    """Every release kind, in the order of ``ReleaseKind``, open or not, each with its reason.

    ``value`` is the estimated value: pence including VAT, options and payments to participants, or
    None where it cannot be estimated. ``authority`` is the lead's kind. Raises ValueError for a
    day before the Act.
    """
    limit = pounds(threshold(authority, contract, on))
    is_public = standing(authority, contract, value, on) is Standing.ABOVE_THRESHOLD
    return (
        Route(ReleaseKind.ENGAGEMENT, True, "You may talk to firms before inviting tenders (s.16)."),
        _first_round(is_public, limit),
        _prototype(contract, is_public, limit),
        _exempt(contract),
        _below_threshold(is_public, limit),
    )


def _first_round(is_public: bool, limit: str) -> Route:
    """Procurement Act 2023 s.20(2)(b); below the threshold s.85 leaves works above an amount out."""
    if is_public:
        reason = f"From {limit} a competition is the usual way (s.20)."
    else:
        reason = (
            f"Below {limit} you may run the same competition, but no firm may be turned away as "
            "unsuitable before it has tendered, except for larger works (s.85)."
        )
    return Route(ReleaseKind.FIRST_ROUND, True, reason)


def _prototype(contract: ContractKind, is_public: bool, limit: str) -> Route:
    """Procurement Act 2023 s.41 and Sch. 5 para 2 and 3, which speak of public contracts only."""
    if contract is ContractKind.WORKS:
        reason = "A prototype is goods or services, not building works (Sch. 5 para 2)."
        return Route(ReleaseKind.PROTOTYPE, False, reason)
    if not is_public:
        reason = f"Below {limit} a direct award needs no special ground: choose a smaller contract (s.41)."
        return Route(ReleaseKind.PROTOTYPE, False, reason)
    reason = (
        "You may order a prototype, or something new made at your request, in order to test or "
        "develop it (Sch. 5 para 2)."
    )
    return Route(ReleaseKind.PROTOTYPE, True, reason)


def _exempt(contract: ContractKind) -> Route:
    """Procurement Act 2023 Sch. 2 para 22: services only, without goods or works."""
    if contract is ContractKind.SERVICES:
        reason = "Research and development services for public benefit are outside the Act (Sch. 2 para 22)."
        return Route(ReleaseKind.EXEMPT, True, reason)
    reason = "Only research and development services are outside the Act (Sch. 2 para 22)."
    return Route(ReleaseKind.EXEMPT, False, reason)


def _below_threshold(is_public: bool, limit: str) -> Route:
    """Procurement Act 2023 s.5(5) and Part 6."""
    if is_public:
        reason = f"The estimated value, options included, reaches {limit} or is not known (s.3, Sch. 3)."
        return Route(ReleaseKind.BELOW_THRESHOLD, False, reason)
    reason = f"The estimated value is below {limit}, so the lighter rules apply (s.84 to s.88)."
    return Route(ReleaseKind.BELOW_THRESHOLD, True, reason)

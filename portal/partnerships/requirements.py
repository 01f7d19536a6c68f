"""What activating a challenge asks of its contracts."""

from collections.abc import Sequence

from portal.challenges.models import Challenge
from portal.law.money import pounds
from portal.law.releases import purchase_option_allowed
from portal.machine import Situation, requirement
from portal.partnerships.models import Partnership
from portal.partnerships.queries import chosen, contracts_of

_PAGE = "partnerships.award"


def signable(at: Situation[Challenge]) -> Sequence[Partnership]:
    """The contracts with the firms that are chosen now; one prepared for a firm chosen earlier no longer counts."""
    now_chosen = {each.id for each in chosen(at.session, at.subject)}
    return [each for each in contracts_of(at.session, at.subject) if each.response_id in now_chosen]


@requirement("Every chosen firm has a contract with its reference and value.", link=_PAGE)
def a_contract_per_partner(at: Situation[Challenge]) -> bool | list[str]:
    """The chosen firms whose contract is missing or lacks one of the two."""
    firms = chosen(at.session, at.subject)
    if not firms:
        return ["No firm is chosen."]
    ready = {each.response_id for each in signable(at) if each.contract_reference and each.value_pence is not None}
    return [each.organisation.name for each in firms if each.id not in ready]


def phases_missing(contract: Partnership) -> list[str]:
    """What the phases of one contract still lack, in sentences."""
    if not contract.phases:
        return ["there are no phases yet"]
    missing = [f"phase {each.number} has no target" for each in contract.phases if not each.targets]
    paid = sum(each.payment_pence for each in contract.phases)
    if contract.value_pence is not None and paid != contract.value_pence:
        missing.append(f"the payments add up to {pounds(paid)}, the contract to {pounds(contract.value_pence)}")
    return missing


@requirement("Every contract has phases with targets, and payments that add up to its value.", link=_PAGE)
def phases_complete(at: Situation[Challenge]) -> list[str]:
    """What is missing, contract by contract."""
    return [f"{each.organisation.name}: {what}" for each in signable(at) for what in phases_missing(each)]


def terms_missing(contract: Partnership) -> list[str]:
    """The terms one contract still lacks."""
    missing = []
    if not contract.ip_terms:
        missing.append("who owns and may use what is made (intellectual property)")
    if not contract.gate_break_terms:
        missing.append("when and how either side may stop at a gate")
    complete = contract.option_level and contract.option_maximum_pence is not None and contract.option_expires_on
    if contract.option_offered and not complete:
        missing.append("the purchase option's performance level, maximum cost and last day")
    return missing


@requirement("Every contract says who owns what is made, and how it can be ended at a gate.", link=_PAGE)
def terms_complete(at: Situation[Challenge]) -> list[str]:
    """A missed target is no ground to end a public contract unless the contract says so (Procurement Act 2023 s.78)."""
    return [f"{each.organisation.name}: {what}" for each in signable(at) for what in terms_missing(each)]


@requirement("A contract offers to buy the finished thing only where that was announced.", link=_PAGE)
def purchase_option_lawful(at: Situation[Challenge]) -> list[str]:
    """The contracts with a purchase option that this release does not allow."""
    challenge = at.subject
    if challenge.release_kind and purchase_option_allowed(challenge.release_kind, challenge.purchase_announced):
        return []
    return [f"{each.organisation.name}: take the option out" for each in signable(at) if each.option_offered]

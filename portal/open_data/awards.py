"""Who was chosen and what was agreed: the bids, awards and contracts sections of a release."""

from collections.abc import Iterator

from portal.challenges.pathway import ChallengeState as At
from portal.law.calendar import london_date, standstill
from portal.law.money import pounds
from portal.law.notices import NoticeKind
from portal.law.releases import standstill_is_mandatory
from portal.notices.models import Moment, Notice
from portal.open_data.documents import AWARD, CONTRACT, IMPLEMENTATION, notices_in
from portal.open_data.facts import Facts
from portal.open_data.outcomes import delivered, targets
from portal.open_data.parties import reference_to
from portal.open_data.publisher import publisher
from portal.open_data.tender import category
from portal.open_data.values import Body, day, filled, last_moment, moment, money
from portal.organisations.models import Organisation
from portal.partnerships.models import ContractChange, Partnership, Phase
from portal.responses.models import Response

_CONTRACT_STATUS = {"mobilising": "pending", "ended": "terminated", "closed": "terminated"}
_MET = {"passed": "met", "failed": "notMet", "stopped": "notMet"}


def award_is_public(facts: Facts) -> bool:
    """Whether the firms chosen may be named: their award notice stands, or the partnership is active.

    Before that even the fact that somebody answered is nobody's business.
    """
    return facts.challenge.state == At.ACTIVATED or bool(_award_notices(facts))


def _award_notices(facts: Facts) -> list[Notice]:
    return [each for each in facts.published() if each.kind in AWARD and each.number == facts.award_number]


def suppliers(facts: Facts) -> list[Organisation]:
    """The firms a release may name by now."""
    firms = [each.organisation for each in facts.chosen] if award_is_public(facts) else []
    return firms + [each.organisation for each in facts.contracts]


def bids(facts: Facts) -> Body:
    """How many firms were assessed in the end, and how many of them were small or social."""
    if not award_is_public(facts):
        return {}
    counts = {
        "finalStageBids": facts.bids.all,
        "smeFinalStageBids": facts.bids.small,
        "vcseFinalStageBids": facts.bids.social,
    }
    return {"statistics": [{"id": name, "measure": name, "value": value} for name, value in counts.items()]}


def awards(facts: Facts) -> list[Body]:
    """One award for each firm chosen; those that a reconsideration set aside stay in earlier releases."""
    return [_award(facts, each) for each in facts.chosen] if award_is_public(facts) else []


def award_id(facts: Facts, response: Response) -> str:
    """What tells an award apart: the challenge, which award of it this is, and the firm's random reference."""
    return f"{facts.challenge.reference}-award-{facts.award_number}-{response.reference}"


def _award(facts: Facts, response: Response) -> Body:
    contract = next((each for each in facts.contracts if each.response_id == response.id), None)
    signed_off = facts.challenge.state == At.ACTIVATED
    notice = next((each for each in _award_notices(facts) if each.kind is NoticeKind.UK6), None)
    sent = next((each.sent_at for each in facts.dispatches if each.number == facts.award_number), None)
    return filled(
        id=award_id(facts, response),
        title=facts.challenge.title,
        status="active" if signed_off else "pending",
        date=moment(notice.published_at) if notice else moment(facts.challenge.activated_at),
        value=money(contract.value_pence, facts.challenge.vat) if contract else None,
        suppliers=[reference_to(response.organisation)],
        relatedLots=[str(response.lot.number)],
        standstillPeriod=_standstill(facts, notice),
        assessmentSummariesDateSent=moment(sent),
        documents=notices_in(_award_notices(facts), AWARD),
        **category(facts),
    )


def _standstill(facts: Facts, notice: Notice | None) -> Body:
    footing = facts.footing
    if notice is None or notice.published_at is None or footing is None:
        return {}
    if not standstill_is_mandatory(footing.kind, footing.contract, footing.standing):
        return {}
    waiting = standstill(london_date(notice.published_at))
    return filled(startDate=day(waiting.first_day), endDate=last_moment(waiting.last_day))


def contracts(facts: Facts) -> list[Body]:
    """Every contract from the day its partnership began, with its phases and what became of them."""
    return [_contract(facts, each) for each in facts.contracts]


def _contract(facts: Facts, contract: Partnership) -> Body:
    chosen = next((each for each in facts.chosen if each.id == contract.response_id), None)
    own = list(_notices_of(facts, contract))
    phases = contract.phases
    return filled(
        id=f"{facts.challenge.reference}-contract-{contract.number}",
        awardID=award_id(facts, chosen) if chosen else None,
        title=facts.challenge.title,
        status=_CONTRACT_STATUS.get(contract.state, "active"),
        period=filled(startDate=day(phases[0].starts_on), endDate=last_moment(phases[-1].ends_on)) if phases else {},
        value=money(contract.value_pence, facts.challenge.vat),
        dateSigned=day(contract.signed_on),
        agreedMetrics=list(targets(facts.current)),
        amendments=list(_amendments(facts, contract)),
        documents=notices_in(own, CONTRACT),
        implementation=filled(
            transactions=list(_transactions(facts, contract)),
            milestones=list(_phases(phases)),
            metrics=list(delivered(facts, contract)),
            documents=notices_in(own, IMPLEMENTATION),
        ),
    )


def _notices_of(facts: Facts, contract: Partnership) -> Iterator[Notice]:
    """The notices about one contract: numbered as it is, or as one of its changes."""
    changes = {each.number for each in facts.changes if each.partnership_id == contract.id}
    for each in facts.published():
        if each.number in changes if each.moment is Moment.CHANGE else each.number == contract.number:
            yield each


def _amendments(facts: Facts, contract: Partnership) -> Iterator[Body]:
    """The changes that are in force: what differs, and the ground in law."""
    for each in facts.changes:
        if each.partnership_id == contract.id:
            yield filled(
                id=f"change-{each.number}",
                date=moment(each.in_force_at),
                description=_differences(each),
                rationale=f"{each.title}. {each.ground.title}.",
            )


def _differences(change: ContractChange) -> str:
    value = f"Value {pounds(change.value_before)} to {pounds(change.value_after)}"
    told = f"{value}; last day {change.ends_before.isoformat()} to {change.ends_after.isoformat()}."
    if change.added is not None:
        told += f" A phase is added: {change.added.title}."
    if change.option is not None:
        before, after = change.option.before, change.option.after
        told += f" Purchase option: at most {pounds(before.maximum_pence)} to {pounds(after.maximum_pence)}, "
        told += f"until {before.expires_on.isoformat()} to {after.expires_on.isoformat()}, level "
        told += "stays." if before.level == after.level else "changes."
    return told


def _transactions(facts: Facts, contract: Partnership) -> Iterator[Body]:
    """What was paid, when and to whom. An invoice that waits or is disputed is between the two sides alone."""
    for paid in facts.payments:
        if paid.partnership_id == contract.id:
            yield filled(
                id=f"payment-{paid.reference}",
                date=day(paid.paid_on),
                value=money(paid.paid_pence, paid.vat),
                payer=reference_to(facts.lead),
                payee=reference_to(contract.organisation),
                uri=publisher().address(f"/challenges/{facts.challenge.reference}"),
            )


def _phases(phases: list[Phase]) -> Iterator[Body]:
    for phase in phases:
        yield filled(
            id=f"phase-{phase.number}",
            type="delivery",
            title=phase.title,
            dueDate=last_moment(phase.ends_on),
            dateMet=moment(phase.decided_at) if phase.state == "passed" else None,
            status=_MET.get(phase.state, "scheduled"),
        )

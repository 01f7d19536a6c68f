"""What a proposed change makes of a contract: its phases, a new one, and the purchase option."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.standing import begins_on, lead_kind, standing_of, value_of
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.modifications import Modification, OptionTerms, change_notice_due, option_notice_due, rules_apply
from portal.law.money import with_vat
from portal.law.thresholds import ContractKind, standing
from portal.machine import NotNow
from portal.partnerships.models import AddedPhase, AddedTarget, ChangeLine, ContractChange, OptionChange, Partnership
from portal.partnerships.pathway import PHASE
from portal.partnerships.plans import ChangePlan, PhasePlan


def lines_of(contract: Partnership, plan: ChangePlan) -> list[ChangeLine]:
    """The phases whose figures change. Raises `NotNow` for one that is decided, or would end before it begins."""
    lines = []
    for phase in contract.phases:
        wanted = plan.phases.get(phase.number)
        if wanted is None or wanted == (phase.ends_on, phase.payment_pence):
            continue
        if PHASE[phase.state].end:
            raise NotNow(f"Phase {phase.number} is decided and keeps its figures.")
        if wanted[0] < phase.starts_on:
            raise NotNow(f"Phase {phase.number} cannot end before it begins.")
        figures = {"ends_on_before": phase.ends_on, "payment_before": phase.payment_pence}
        lines.append(ChangeLine(phase=phase, ends_on_after=wanted[0], payment_after=wanted[1], **figures))
    return lines


def added_by(contract: Partnership, lines: list[ChangeLine], planned: PhasePlan | None) -> AddedPhase | None:
    """The phase a change adds. Raises `NotNow` where it would not follow the last one, or has no target."""
    if planned is None:
        return None
    if planned.starts_on <= ends_of(contract, lines, None):
        raise NotNow("A new phase begins after the last one has ended.")
    if planned.ends_on < planned.starts_on:
        raise NotNow("The new phase cannot end before it begins.")
    if not planned.targets:
        raise NotNow("The new phase needs at least one target.")
    targets = [
        AddedTarget(number=number, text=text, measure=measure)
        for number, (text, measure) in enumerate(planned.targets, start=1)
    ]
    figures = {"starts_on": planned.starts_on, "ends_on": planned.ends_on, "payment_pence": planned.payment_pence}
    return AddedPhase(title=planned.title, targets=targets, **figures)


def option_by(contract: Partnership, wanted: OptionTerms | None) -> OptionChange | None:
    """How the purchase option is altered; None where it stays. Raises `NotNow` where none can be, or it has run out."""
    before = contract.option
    if wanted is None or wanted == before:
        return None
    if before is None:
        raise NotNow("This contract offers no purchase option. Adding one would need a new procurement.")
    if wanted.expires_on < london_date(clock.now()):
        raise NotNow("The option's last day must be still to come.")
    if not wanted.level or wanted.maximum_pence <= 0:
        raise NotNow("A purchase option needs a level of performance and the most it may cost.")
    return OptionChange(
        level_before=before.level,
        level_after=wanted.level,
        maximum_before=before.maximum_pence,
        maximum_after=wanted.maximum_pence,
        expires_before=before.expires_on,
        expires_after=wanted.expires_on,
    )


def figures_of(
    session: Session, contract: Partnership, lines: list[ChangeLine], added: AddedPhase | None
) -> Modification:
    """Value and term of the phases: as awarded, now, and as they would be."""
    first = next(iter(_in_force(session, contract)), None)
    value, begins = sum(each.payment_pence for each in contract.phases), _begins(contract)
    ends = ends_of(contract, [], None)

    def days(last: date) -> int:
        return (last - begins).days + 1

    more = sum(each.payment_after - each.payment_before for each in lines) + (added.payment_pence if added else 0)
    return Modification(
        awarded_pence=first.value_before if first else value,
        value_before=value,
        value_after=value + more,
        awarded_days=days(first.ends_before if first else ends),
        days_before=days(ends),
        days_after=days(ends_of(contract, lines, added)),
    )


def ends_of(contract: Partnership, lines: list[ChangeLine], added: AddedPhase | None) -> date:
    """The contract's last day as a change would have it."""
    after = {each.phase.number: each.ends_on_after for each in lines}
    last = max(after.get(each.number, each.ends_on) for each in contract.phases)
    return max(last, added.ends_on) if added else last


def notice_due(
    session: Session, contract: Partnership, plan: ChangePlan, figures: Modification, option: OptionChange | None
) -> bool:
    """Whether the contract change notice comes first, for the phases or for the purchase option (s.75)."""
    kind = contract.challenge.contract_kind or ContractKind.SERVICES
    if change_notice_due(figures, kind, plan.ground):
        return True
    if option is None:
        return False
    earlier = (each.option.before for each in _in_force(session, contract) if each.option)
    return option_notice_due(next(earlier, option.before), option.before, option.after, kind, plan.ground)


def rules_apply_to(session: Session, challenge: Challenge, more_pence: int) -> bool:
    """Whether sections 74 and 75 apply, also to a contract that so much more would lift above the threshold."""
    kind, bought, now = challenge.release_kind, challenge.contract_kind, standing_of(session, challenge)
    if kind is None or bought is None or now is None:
        return False
    value = value_of(challenge)
    if value is not None and more_pence > 0:
        larger = value + with_vat(more_pence, challenge.vat)
        now = standing(lead_kind(session, challenge), bought, larger, begins_on(challenge))
    return rules_apply(kind, bought, now)


def _in_force(session: Session, contract: Partnership) -> list[ContractChange]:
    """The changes of a contract that took effect, the first of them first."""
    rows = select(ContractChange).where(
        ContractChange.partnership_id == contract.id, ContractChange.state == "in_force"
    )
    return list(session.scalars(rows.order_by(ContractChange.in_force_at, ContractChange.id).limit(500)))


def _begins(contract: Partnership) -> date:
    return min(each.starts_on for each in contract.phases)

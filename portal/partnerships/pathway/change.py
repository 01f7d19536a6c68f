"""The life of a proposed change of contract: decided by another person, and in force once its notice allows."""

from datetime import timedelta
from typing import Any

from portal.law.calendar import london_date, standstill
from portal.law.modifications import ModificationGround
from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission

_IN_FORCE = ("mobilising", "active", "suspended")
"""The states of a contract whose terms still count for what is to come."""


@requirement("A person never decides on a change they proposed.")
def not_the_proposer(at: Situation[Any]) -> bool:
    """Proposing and deciding are never the same person's."""
    return bool(at.subject.proposed_by_id != at.actor.person_id)


@requirement("The ground on which the contract may be changed holds.")
def ground_holds(at: Situation[Any]) -> list[str]:
    """A substantial change needs a ground of Schedule 8; without one it is a new procurement (s.74(1))."""
    row = at.subject
    missing = []
    if row.rules_apply and row.substantial and row.ground is ModificationGround.NOT_SUBSTANTIAL:
        missing.append("The change is substantial, so “not substantial” is no ground. Choose another, or procure anew.")
    if row.rules_apply and row.ground is ModificationGround.OUTSIDE:
        missing.append("This is a public contract: say on which ground it may be changed.")
    if row.ground is not ModificationGround.OUTSIDE and not row.ground_reason:
        missing.append("Why this ground holds is not written.")
    return missing


@requirement("Nothing it changes has ended meanwhile.")
def phases_still_open(at: Situation[Any]) -> list[str]:
    """A phase that has passed its gate keeps the figures it passed with."""
    return [f"Phase {line.phase.number} is decided." for line in at.subject.lines if line.phase.decided_at is not None]


@requirement("The purchase option it alters is still as it was, and still to be decided.")
def option_still_open(at: Situation[Any]) -> bool:
    """An option that was taken or left, or that another change altered meanwhile, keeps its terms."""
    change, contract = at.subject, at.subject.partnership
    if change.option is None:
        return True
    return contract.state in _IN_FORCE and contract.option == change.option.before


@requirement("The phase it adds still follows the last one.")
def phase_still_last(at: Situation[Any]) -> bool:
    """Another change may have added one meanwhile, or have moved the last day."""
    change, contract = at.subject, at.subject.partnership
    if change.added is None:
        return True
    after = {line.phase_id: line.ends_on_after for line in change.lines}
    last = max(after.get(each.id, each.ends_on) for each in contract.phases)
    return contract.state in _IN_FORCE and change.added.starts_on > last


@requirement("The contract change notice is published.", link="notices.of_challenge")
def notice_published(at: Situation[Any]) -> bool:
    """Before the contract is changed (Procurement Act 2023 s.75(1))."""
    return not at.subject.notice_due or at.subject.notice_published_at is not None


@requirement("The voluntary standstill is over.")
def standstill_over(at: Situation[Any]) -> list[str]:
    """Eight working days beginning with the notice's, where the authority chose to wait (s.76)."""
    row = at.subject
    if not row.waits or row.notice_published_at is None:
        return []
    waiting = standstill(london_date(row.notice_published_at))
    if london_date(at.now) > waiting.last_day:
        return []
    first = waiting.last_day + timedelta(days=1)
    return [f"The change can take effect from {first.day}/{first.month}/{first.year}."]


def _keep_reason(at: Situation[Any]) -> None:
    at.subject.decision_reason = str(at.given["reason"]).strip()
    at.subject.decided_by_id = at.actor.person_id


def _apply(at: Situation[Any]) -> None:
    change, contract = at.subject, at.subject.partnership
    for line in change.lines:
        line.phase.ends_on, line.phase.payment_pence = line.ends_on_after, line.payment_after
    if change.added is not None:
        number = max(each.number for each in contract.phases) + 1
        contract.phases.append(change.added.as_phase(number, at.now))
    if change.option is not None:
        after = change.option.after
        contract.option_level, contract.option_maximum_pence = after.level, after.maximum_pence
        contract.option_expires_on = after.expires_on
    contract.value_pence = sum(each.payment_pence for each in contract.phases)


_PROCURE = (Permission.CHALLENGE_PROCURE,)
_STILL = (phases_still_open, phase_still_last, option_still_open)

CHANGE = Machine(
    "contract_change",
    title="Change of contract",
    initial="proposed",
    states=(
        State("proposed", "Waiting for a decision", tone="yellow"),
        State("agreed", "Agreed, not in force yet", tone="blue"),
        State("in_force", "In force", end=True, tone="green"),
        State("refused", "Not agreed", end=True, tone="grey"),
        State("withdrawn", "Withdrawn", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="agree",
            title="Agree to the change",
            sources=frozenset({"proposed"}),
            target="agreed",
            who=_PROCURE,
            bars=(not_the_proposer,),
            requirements=(ground_holds, *_STILL),
            stamps=("decided_at",),
            asks=("reason",),
            effects=(_keep_reason,),
            meaning="The figures stay as they are until the change takes effect.",
        ),
        Move(
            name="refuse",
            title="Do not agree",
            sources=frozenset({"proposed"}),
            target="refused",
            who=_PROCURE,
            bars=(not_the_proposer,),
            stamps=("decided_at",),
            asks=("reason",),
            effects=(_keep_reason,),
        ),
        Move(
            name="withdraw",
            title="Withdraw the change",
            sources=frozenset({"proposed", "agreed"}),
            target="withdrawn",
            who=_PROCURE,
        ),
        Move(
            name="take_effect",
            title="Let the change take effect",
            sources=frozenset({"agreed"}),
            target="in_force",
            who=_PROCURE,
            requirements=(*_STILL, notice_published, standstill_over),
            effects=(_apply,),
            stamps=("in_force_at",),
            meaning="Once both sides have signed it. The new figures count from now on.",
        ),
    ),
)

"""The life of a proposed change of contract: decided by another person, and in force once its notice allows."""

from datetime import timedelta
from typing import Any

from portal.law.calendar import london_date, standstill
from portal.law.modifications import ModificationGround
from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission


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
    for line in at.subject.lines:
        line.phase.ends_on, line.phase.payment_pence = line.ends_on_after, line.payment_after
    contract = at.subject.partnership
    contract.value_pence = sum(each.payment_pence for each in contract.phases)


_PROCURE = (Permission.CHALLENGE_PROCURE,)

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
            requirements=(ground_holds, phases_still_open),
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
            requirements=(phases_still_open, notice_published, standstill_over),
            effects=(_apply,),
            stamps=("in_force_at",),
            meaning="Once both sides have signed it. The new figures count from now on.",
        ),
    ),
)

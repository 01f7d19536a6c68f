"""The life of each phase of a partnership."""

import json
from datetime import datetime
from typing import Any

from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission

_LEAD = (Permission.CHALLENGE_LEAD,)
_TOGETHER = (Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE)


@requirement("The contract is signed and this partner is at work.")
def partner_at_work(at: Situation[Any]) -> bool:
    """No phase starts before its contract."""
    return bool(at.subject.partnership.state == "active")


@requirement("Every earlier phase has passed its gate.")
def earlier_phases_passed(at: Situation[Any]) -> list[str]:
    """Phases follow one another: each gate decides whether the next begins."""
    return [
        f"Phase {each.number}, {each.title}"
        for each in at.subject.partnership.phases
        if each.number < at.subject.number and each.state != "passed"
    ]


@requirement("The conditions of every earlier gate are met.")
def earlier_conditions_met(at: Situation[Any]) -> list[str]:
    """A phase that passed with conditions lets the next begin once somebody recorded how they were met."""
    return [
        f"Phase {each.number}, {each.title}"
        for each in at.subject.partnership.phases
        if each.number < at.subject.number and each.conditions_open
    ]


@requirement("The conditions are written down.")
def conditions_written(at: Situation[Any]) -> bool:
    """Both people pass the phase with the same ones."""
    return bool(at.subject.gate_conditions)


@requirement("What was delivered is described.")
def evidence_given(at: Situation[Any]) -> bool:
    """The gate reviews what is written here."""
    return bool(at.subject.evidence)


@requirement("Each target is judged: met or not met.")
def targets_judged(at: Situation[Any]) -> list[str]:
    """The targets about which the gate has not said anything."""
    return [each.text for each in at.subject.targets if each.met is None]


def _reviewed(at: Situation[Any]) -> str:
    phase = at.subject
    files = [each.file_id for each in phase.files]
    judged = [[each.id, each.met] for each in phase.targets]
    return json.dumps([phase.evidence, judged, files, phase.gate_conditions])


def _keep_gate_reason(at: Situation[Any]) -> None:
    at.subject.gate_reason = str(at.given["reason"]).strip()


def partner_ended(at: Situation[Any]) -> datetime | None:
    """When this partner's work was ended; what hangs on it falls with it."""
    partnership = at.subject.partnership
    ended: datetime | None = partnership.state_since if partnership.state == "ended" else None
    return ended


_ASKED = {"stop": (), "pass_with_conditions": (targets_judged, conditions_written)}
"""What a decision at a gate requires, where it is not that each target is judged."""


def _gate(name: str, title: str, sources: set[str], target: str, meaning: str) -> Move:
    return Move(
        name=name,
        title=title,
        sources=frozenset(sources),
        target=target,
        who=_TOGETHER,
        requirements=_ASKED.get(name, (targets_judged,)),
        effects=(_keep_gate_reason,),
        version=_reviewed,
        stamps=("decided_at",),
        asks=("reason",),
        meaning=meaning,
    )


PHASE = Machine(
    "phase",
    title="Phase",
    initial="planned",
    states=(
        State("planned", "Planned", tone="grey"),
        State("active", "Under way", tone="blue"),
        State("delivered", "At its gate", tone="yellow"),
        State("passed", "Passed", end=True, tone="green"),
        State("failed", "Not passed", end=True, tone="red"),
        State("stopped", "Stopped", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="start",
            title="Start this phase",
            sources=frozenset({"planned"}),
            target="active",
            who=_LEAD,
            requirements=(partner_at_work, earlier_phases_passed, earlier_conditions_met),
            stamps=("started_at",),
        ),
        Move(
            name="deliver",
            title="Record what was delivered",
            sources=frozenset({"active"}),
            target="delivered",
            who=_LEAD,
            requirements=(partner_at_work, evidence_given),
            stamps=("delivered_at",),
        ),
        _gate("pass", "Pass this phase", {"delivered"}, "passed", "Its payment is due and the next phase may start."),
        _gate(
            "pass_with_conditions",
            "Pass this phase with conditions",
            {"delivered"},
            "passed",
            "Its payment is due. The next phase may start once the conditions are met.",
        ),
        _gate("fail", "Do not pass this phase", {"delivered"}, "failed", "No further phase of this partner starts."),
        _gate("stop", "Stop this phase", {"active", "delivered"}, "stopped", "The work stops before it is finished."),
        Move(
            name="fall_away",
            title="Stop with the partner's work",
            sources=frozenset({"planned", "active", "delivered"}),
            target="stopped",
            due=partner_ended,
            stamps=("decided_at",),
        ),
    ),
)

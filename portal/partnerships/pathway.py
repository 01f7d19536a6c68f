"""The life of a partnership, and of each of its phases."""

import json
from datetime import datetime
from typing import Any

from portal.law.calendar import london_date
from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission
from portal.workflow import settle

_PROCURE = (Permission.CHALLENGE_PROCURE,)
_LEAD = (Permission.CHALLENGE_LEAD,)
_TOGETHER = (Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE)


@requirement("The contract has been signed.")
def contract_signed(at: Situation[Any]) -> bool:
    """With its day, which starts the time for the contract details notice."""
    return at.subject.signed_on is not None


@requirement("Every phase has come to its end.")
def work_finished(at: Situation[Any]) -> list[str]:
    """The phases that are still planned, under way, or waiting at their gate."""
    return [f"Phase {each.number}, {each.title}" for each in at.subject.phases if not PHASE[each.state].end]


@requirement("The agreed performance level was measured and met.")
def level_met(at: Situation[Any]) -> bool:
    """One of the two conditions of buying the finished thing."""
    return bool(at.subject.option_measured) and at.subject.option_level_met is True


@requirement("The final cost is within the agreed maximum.")
def within_maximum(at: Situation[Any]) -> bool:
    """The other condition of buying the finished thing."""
    final, most = at.subject.option_final_pence, at.subject.option_maximum_pence
    return final is not None and most is not None and final <= most


@requirement("The option has not run out.")
def option_in_time(at: Situation[Any]) -> bool:
    """The last day of the option still counts."""
    return at.subject.option_expires_on is not None and london_date(at.now) <= at.subject.option_expires_on


@requirement("The purchase option is decided.")
def option_decided(at: Situation[Any]) -> bool:
    """Taken or not taken; nothing to decide where the contract offers none."""
    return not at.subject.option_offered or at.subject.state != "active"


def _offers_option(at: Situation[Any]) -> bool:
    return bool(at.subject.option_offered)


def _challenge_activated(at: Situation[Any]) -> bool:
    return bool(at.subject.challenge.state == "activated")


def _keep_end_reason(at: Situation[Any]) -> None:
    at.subject.end_reason = str(at.given["reason"]).strip()


def _stop_phases(at: Situation[Any]) -> None:
    for phase in at.subject.phases:
        settle(at.session, phase)


PARTNERSHIP = Machine(
    "partnership",
    title="Partnership",
    initial="prepared",
    states=(
        State("prepared", "Contract being prepared", tone="yellow"),
        State("set_aside", "Not signed", end=True, tone="grey"),
        State("mobilising", "Getting ready to start", tone="turquoise"),
        State("active", "At work", tone="green"),
        State("ended", "This partner's work was ended", end=True, tone="grey"),
        State("option_taken", "Purchase option taken", tone="green"),
        State("option_not_taken", "Purchase option not taken", tone="grey"),
        State("closed", "Closed", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="mobilise",
            title="Begin the partnership",
            sources=frozenset({"prepared"}),
            target="mobilising",
            who=_PROCURE,
            when=_challenge_activated,
        ),
        Move(
            name="set_aside",
            title="Set the contract aside",
            sources=frozenset({"prepared"}),
            target="set_aside",
            who=_PROCURE,
        ),
        Move(
            name="begin",
            title="Record the contract as signed",
            sources=frozenset({"mobilising"}),
            target="active",
            who=_PROCURE,
            requirements=(contract_signed,),
        ),
        Move(
            name="end_work",
            title="End this partner's work",
            sources=frozenset({"mobilising", "active"}),
            target="ended",
            who=_TOGETHER,
            effects=(_keep_end_reason, _stop_phases),
            asks=("reason",),
            meaning="As the contract's terms for breaking at a gate allow. Other partners are not affected.",
        ),
        Move(
            name="take_option",
            title="Take the purchase option",
            sources=frozenset({"active"}),
            target="option_taken",
            who=_TOGETHER,
            requirements=(work_finished, level_met, within_maximum, option_in_time),
            when=_offers_option,
        ),
        Move(
            name="leave_option",
            title="Do not take the purchase option",
            sources=frozenset({"active"}),
            target="option_not_taken",
            who=_PROCURE,
            requirements=(work_finished,),
            effects=(_keep_end_reason,),
            when=_offers_option,
            asks=("reason",),
        ),
        Move(
            name="close",
            title="Close the partnership",
            sources=frozenset({"active", "option_taken", "option_not_taken"}),
            target="closed",
            who=_PROCURE,
            requirements=(work_finished, option_decided),
        ),
    ),
)


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
    return json.dumps([phase.evidence, [[each.id, each.met] for each in phase.targets]])


def _keep_gate_reason(at: Situation[Any]) -> None:
    at.subject.gate_reason = str(at.given["reason"]).strip()


def _partner_ended(at: Situation[Any]) -> datetime | None:
    partnership = at.subject.partnership
    ended: datetime | None = partnership.state_since if partnership.state == "ended" else None
    return ended


def _gate(name: str, title: str, sources: set[str], target: str, meaning: str) -> Move:
    return Move(
        name=name,
        title=title,
        sources=frozenset(sources),
        target=target,
        who=_TOGETHER,
        requirements=() if name == "stop" else (targets_judged,),
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
            requirements=(partner_at_work, earlier_phases_passed),
            stamps=("started_at",),
        ),
        Move(
            name="deliver",
            title="Record what was delivered",
            sources=frozenset({"active"}),
            target="delivered",
            who=_LEAD,
            requirements=(evidence_given,),
            stamps=("delivered_at",),
        ),
        _gate("pass", "Pass this phase", {"delivered"}, "passed", "Its payment is due and the next phase may start."),
        _gate("fail", "Do not pass this phase", {"delivered"}, "failed", "No further phase of this partner starts."),
        _gate("stop", "Stop this phase", {"active", "delivered"}, "stopped", "The work stops before it is finished."),
        Move(
            name="fall_away",
            title="Stop with the partner's work",
            sources=frozenset({"planned", "active", "delivered"}),
            target="stopped",
            due=_partner_ended,
            stamps=("decided_at",),
        ),
    ),
)

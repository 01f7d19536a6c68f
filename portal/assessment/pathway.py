"""The life of one assessor's sheet on one response."""

from typing import Any

from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission

ASSESSED_IN = {"challenge": "assessment", "tender": "tender_assessment"}
"""The challenge's state in which the responses of each kind of round are judged."""


@requirement("This sheet is another assessor's.")
def theirs(at: Situation[Any]) -> bool:
    """A sheet moves in its own assessor's hands only."""
    return bool(at.subject.person_id == at.actor.person_id)


@requirement("You answer for a firm that responded, so you cannot assess here.")
def from_no_firm_that_responded(at: Situation[Any]) -> bool:
    """Nobody assesses where their own firm takes part (Procurement Act 2023 s.81)."""
    return not at.subject.answered_by_a_firm_of_its_assessor(at.session)


@requirement("You declared a conflict of interest on this challenge, so you cannot assess here.")
def without_conflict(at: Situation[Any]) -> bool:
    """A declared conflict keeps a person from every response (Procurement Act 2023 s.82)."""
    return not at.subject.assessor_is_conflicted(at.session)


@requirement("Every criterion has a score and a comment.")
def every_criterion_scored(at: Situation[Any]) -> list[str]:
    """The criteria that still lack one or the other."""
    return list(at.subject.unscored(at.session))


@requirement("Prices have been opened, so that everything else stays as it was locked.")
def before_prices(at: Situation[Any]) -> bool:
    """A score that is changed once prices are known could be an answer to them."""
    return not at.subject.followed_by_prices(at.session)


@requirement("Scores have been opened for comparison, so no sheet can be changed any more.")
def not_yet_compared(at: Situation[Any]) -> bool:
    """Once anybody may have compared, a changed score could be an answer to somebody else's."""
    return not at.subject.compared(at.session)


@requirement("Everybody who judges the rest has locked their scores.")
def quality_locked(at: Situation[Any]) -> bool:
    """The price's envelope is read only while nobody judges anything else."""
    return not at.subject.quality_unlocked(at.session)


@requirement("You have read the briefing, promised confidentiality and practised.")
def prepared(at: Situation[Any]) -> list[str]:
    """What is still to be done before any response is opened to this assessor."""
    return list(at.subject.unprepared(at.session))


def _being_assessed(at: Situation[Any]) -> bool:
    return bool(at.subject.being_assessed)


def _keep_reason(at: Situation[Any]) -> None:
    at.subject.conflict = str(at.given["reason"]).strip()


def _keep_reopening(at: Situation[Any]) -> None:
    at.subject.reopen_reason = str(at.given["reason"]).strip()


def _lift_lock(at: Situation[Any]) -> None:
    at.subject.locked_at = None


_ASSESS = (Permission.ASSESS,)

ASSIGNMENT = Machine(
    "assignment",
    title="Assessor's sheet",
    initial="assigned",
    states=(
        State("assigned", "Conflict check to do", tone="yellow"),
        State("recused", "Stood down", end=True, tone="grey"),
        State("scoring", "Scoring", tone="blue"),
        State("locked", "Locked", tone="green"),
    ),
    moves=(
        Move(
            name="declare",
            title="Declare no conflict of interest",
            sources=frozenset({"assigned"}),
            target="scoring",
            who=_ASSESS,
            bars=(theirs, from_no_firm_that_responded, without_conflict),
            requirements=(prepared, quality_locked),
            when=_being_assessed,
            stamps=("declared_at",),
        ),
        Move(
            name="recuse",
            title="Stand down",
            sources=frozenset({"assigned", "scoring", "locked"}),
            target="recused",
            who=_ASSESS,
            bars=(theirs,),
            when=_being_assessed,
            asks=("reason",),
            effects=(_keep_reason,),
            meaning="A conflict that comes up late ends a locked sheet as well; its scores count no more.",
        ),
        Move(
            name="stand_down",
            title="Stand an assessor down",
            sources=frozenset({"assigned", "scoring"}),
            target="recused",
            who=(Permission.CHALLENGE_PROCURE,),
            when=_being_assessed,
            asks=("reason",),
            effects=(_keep_reason,),
            meaning="Never once the sheet is locked: nobody's finished judgement is set aside for them.",
        ),
        Move(
            name="lock",
            title="Lock your scores",
            sources=frozenset({"scoring"}),
            target="locked",
            who=_ASSESS,
            bars=(theirs, from_no_firm_that_responded, without_conflict),
            requirements=(every_criterion_scored, quality_locked),
            when=_being_assessed,
            stamps=("locked_at",),
        ),
        Move(
            name="reopen",
            title="Reopen your scores",
            sources=frozenset({"locked"}),
            target="scoring",
            who=_ASSESS,
            bars=(theirs, from_no_firm_that_responded, without_conflict),
            requirements=(not_yet_compared, before_prices),
            when=_being_assessed,
            asks=("reason",),
            effects=(_keep_reopening, _lift_lock),
        ),
    ),
)

"""The life of a response, and what must hold before each step of it."""

from datetime import datetime
from typing import Any

from portal.challenges.pathway import ENDS
from portal.machine import Fork, Machine, Move, Situation, State, requirement
from portal.policy import Permission


@requirement("The deadline has not passed.", link="responses.draft")
def in_time(at: Situation[Any]) -> bool:
    """Asked inside the move, on its own clock: one millisecond late is late."""
    deadline = at.subject.round.deadline
    return deadline is not None and at.now < deadline


@requirement("A copy of the response that cannot be changed has been made.", link="responses.draft")
def kept(at: Situation[Any]) -> bool:
    """What counts is the snapshot, never the draft; its digest comes with the move."""
    return bool(at.given.get("digest"))


@requirement("Two people have opened the responses.", link="responses.opening")
def opened_by_two(at: Situation[Any]) -> bool:
    """Nobody opens a single response: two people open the round, and with it what had been submitted in time."""
    asked, submitted = at.subject.round, at.subject.submitted_at
    return asked.opened_at is not None and submitted is not None and submitted < asked.deadline


@requirement("The firm has been heard: it has answered, or its time to answer is over.", link="responses.opening")
def firm_heard(at: Situation[Any]) -> bool:
    """A supplier is heard before it is left out (Procurement Act 2023 ss.57–58)."""
    return bool(at.given.get("firm_asked")) and bool(at.given.get("firm_said"))


def _challenge_ended(at: Situation[Any]) -> bool:
    return at.subject.challenge.state in ENDS


RESPONSE = Machine(
    "response",
    title="Response",
    initial="draft",
    states=(
        State("draft", "Draft"),
        State("submitted", "Submitted", tone="green"),
        State("withdrawn", "Withdrawn", tone="grey"),
        State("opened", "Being assessed", tone="purple"),
        State("ineligible", "Not eligible", tone="grey"),
        State("not_chosen", "Not chosen", tone="grey"),
        State("chosen", "Chosen", tone="green"),
        State("partner", "Partner", end=True, tone="green"),
    ),
    moves=(
        Move(
            name="submit",
            title="Submit",
            sources=frozenset({"draft", "submitted", "withdrawn"}),
            target="submitted",
            who=(Permission.RESPONSE_WRITE,),
            requirements=(in_time, kept),
            stamps=("submitted_at",),
        ),
        Move(
            name="withdraw",
            title="Withdraw",
            sources=frozenset({"draft", "submitted"}),
            target="withdrawn",
            who=(Permission.RESPONSE_WRITE,),
            requirements=(in_time,),
        ),
        Move(
            name="open",
            title="Open",
            sources=frozenset({"submitted"}),
            target="opened",
            who=(Permission.RESPONSES_OPEN,),
            requirements=(opened_by_two,),
            stamps=("opened_at",),
        ),
        Move(
            name="find_ineligible",
            title="Decide not eligible",
            sources=frozenset({"opened"}),
            target="ineligible",
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(firm_heard,),
            asks=("reason",),
        ),
        Move(
            name="find_eligible",
            title="Decide eligible after all",
            sources=frozenset({"ineligible"}),
            target="opened",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
        Move(
            name="choose",
            title="Choose",
            sources=frozenset({"opened"}),
            target="chosen",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
        Move(
            name="not_choose",
            title="Do not choose",
            sources=frozenset({"opened", "chosen"}),
            target="not_chosen",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
        Move(
            name="choose_next",
            title="Choose as next in rank",
            sources=frozenset({"not_chosen"}),
            target="chosen",
            who=(Permission.CHALLENGE_PROCURE,),
            meaning="When an award is reconsidered: the firm chosen before withdrew, failed or was challenged.",
        ),
        Move(
            name="end_with_challenge",
            title="End with the challenge",
            sources=frozenset({"opened", "chosen"}),
            target="not_chosen",
            who=(Permission.CHALLENGE_SEE,),
            when=_challenge_ended,
            meaning="Whoever ends the challenge ends what is left in it; before that, nobody can make this move.",
        ),
        Move(
            name="become_partner",
            title="Become partner",
            sources=frozenset({"chosen"}),
            target="partner",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
    ),
)


@requirement("The new time is later than the one there was.")
def later_than_before(at: Situation[Any]) -> bool:
    """Time that was given is never taken away."""
    wanted = at.given.get("deadline")
    return isinstance(wanted, datetime) and wanted > at.subject.due_at and wanted > at.now


def _due(at: Situation[Any]) -> datetime | None:
    due: datetime = at.subject.due_at
    return due


def _has_answer(at: Situation[Any]) -> bool:
    return bool(at.subject.answer)


def _about_the_offer(at: Situation[Any]) -> bool:
    return not at.subject.hearing


def _hearing(at: Situation[Any]) -> bool:
    return bool(at.subject.hearing)


CLARIFICATION = Machine(
    "clarification",
    title="Clarification",
    initial="asked",
    states=(
        State("asked", "Waiting for the firm", tone="yellow"),
        State("answered", "Answered"),
        State("unanswered", "No answer in time", end=True, tone="grey"),
        State("accepted", "Taken into account", end=True, tone="green"),
        State("set_aside", "Not taken into account", end=True, tone="grey"),
        State("heard", "Heard", end=True, tone="green"),
    ),
    moves=(
        Move(
            name="answer",
            title="Send the answer",
            sources=frozenset({"asked"}),
            target="answered",
            who=(Permission.RESPONSE_WRITE,),
            stamps=("answered_at",),
        ),
        Move(
            name="lapse",
            title="The time to answer passes",
            sources=frozenset({"asked"}),
            target=Fork(_has_answer, yes="answered", no="unanswered"),
            due=_due,
            meaning="An answer that was sent before more time was given stands.",
        ),
        Move(
            name="more_time",
            title="Give everyone asked the same time",
            sources=frozenset({"asked", "answered"}),
            target="asked",
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(later_than_before,),
            asks=("deadline", "reason"),
            meaning="Whoever has answered may answer again; else what they sent stands.",
        ),
        Move(
            name="accept",
            title="Take the answer into account",
            sources=frozenset({"answered"}),
            target="accepted",
            who=(Permission.CHALLENGE_PROCURE,),
            when=_about_the_offer,
        ),
        Move(
            name="set_aside",
            title="Do not take the answer into account",
            sources=frozenset({"answered"}),
            target="set_aside",
            who=(Permission.CHALLENGE_PROCURE,),
            when=_about_the_offer,
            asks=("reason",),
            meaning="It would improve or change the offer instead of explaining it.",
        ),
        Move(
            name="conclude",
            title="Conclude the hearing",
            sources=frozenset({"asked", "answered"}),
            target="heard",
            who=(Permission.CHALLENGE_PROCURE,),
            when=_hearing,
            meaning="Eligibility is decided: after the answer, or in the firm's favour at any time.",
        ),
    ),
)

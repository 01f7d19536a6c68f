"""How a challenge of the texts is walked: each state by its people, through the portal's own services and moves.

A walk is an iterator of moments. It names the time of its next act and waits; whoever runs it sets the clock there and
lets it go on. So many walks can be run side by side in the order of time, as they would have happened.
"""

from collections.abc import Callable
from heapq import merge

from portal.demo.rules import passed
from portal.demo.walking import (
    answering,
    articulating,
    awarding,
    booking,
    ending,
    funding,
    judging,
    partnering,
    showing,
    supporting,
    thinking,
)
from portal.demo.walking.walk import Acts, Walk

__all__ = ["Acts", "Walk", "steps"]


def _support(walk: Walk) -> Acts:
    yield from supporting.support_firms(walk)
    if walk.leaves("support"):
        yield from showing.prepare(walk)
    else:
        ahead = showing.plan_ahead(walk) if walk.text.event else ()
        yield from merge(booking.offer_and_book(walk), ahead)


STATES: dict[str, Callable[[Walk], Acts]] = {
    "design_thinking": thinking.think,
    "articulation": articulating.articulate,
    "open": answering.answer,
    "assessment": judging.judge,
    "support": _support,
    "showcase": showing.show,
    "business_case": funding.fund,
    "tender": answering.answer_tender,
    "tender_assessment": judging.judge_tender,
    "award": awarding.award,
    "activated": partnering.run,
}
"""What people do while a challenge stands at each state, the move out of it included."""


def steps(walk: Walk) -> Acts:
    """Everything that happened to a challenge, from its beginning to where it rests."""
    yield from thinking.begin(walk)
    for state in (*passed(walk.text), walk.text.reached):
        yield from STATES[state](walk)
    yield from ending.end(walk)

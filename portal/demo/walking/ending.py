"""The honest ends that two people agree on: no solution found, or the challenge withdrawn."""

from portal.demo.walking.notices import publish_due
from portal.demo.walking.walk import Acts, Walk
from portal.notices.models import Moment
from portal.workflow import agree, fire

MOVES = {"no_solution": "close_without_solution", "withdrawn": "withdraw"}


def end(walk: Walk) -> Acts:
    """The owner agrees with the reason, the officer publishes what the law asks for and makes the move."""
    text, days = walk.text, walk.text.timetable
    move = MOVES.get(text.state)
    if move is None:
        return
    latest = days.deadline - 2 if text.ended_from == "open" and days.deadline is not None else days.decision
    day = min(latest if latest is not None else -1, -1)
    yield walk.at(day - 1, 10)
    with walk.as_officer() as act:
        publish_due(act, Moment.ENDING)
    yield walk.at(day - 1, 15)
    with walk.as_owner() as act:
        agree(act.session, act.actor, act.challenge, move, reason=text.end_reason)
    yield walk.at(day, 10)
    with walk.as_officer() as act:
        fire(act.session, act.actor, act.challenge, move)

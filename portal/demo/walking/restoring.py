"""The portal was away while firms could answer: it is put on record, and everybody gets the time back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from portal.challenges import incidents
from portal.challenges.services.incidents import record_incident
from portal.demo import shapes
from portal.demo.walking.calls import Call
from portal.demo.walking.walk import Walk
from portal.workflow import fire

_HOURS_UNTIL_RECORDED = 1


def restore(walk: Walk, call: Call) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What an officer does about each incident of a round, and when."""
    for away in call.incidents:
        began = walk.world.moment(away.day, away.began_hour)
        ended = began + timedelta(minutes=away.minutes)
        yield ended + timedelta(hours=_HOURS_UNTIL_RECORDED), partial(_give_back, walk, call, away, began, ended)


def _give_back(walk: Walk, call: Call, away: shapes.Incident, began: datetime, ended: datetime) -> None:
    with walk.as_officer() as act:
        asked = act.asked(call.kind).round
        record_incident(act.session, act.actor, act.challenge, asked, began=began, ended=ended, what=away.what)
        deadline = incidents.owed(act.session, asked)
        fire(act.session, act.actor, act.challenge, "extend", deadline=deadline, reason=away.what)

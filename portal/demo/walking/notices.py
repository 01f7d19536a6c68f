"""Publishing the notices that are due at a moment of a challenge's life."""

from collections.abc import Iterable

from portal.db import clock
from portal.demo.walking.walk import Act, Walk
from portal.law.notices import NoticeKind
from portal.notices import services as notices
from portal.notices.duties import duties_of
from portal.notices.models import Moment, Notice


def publish_due(walk: Walk, act: Act, moment: Moment, only: Iterable[NoticeKind] = tuple(NoticeKind)) -> None:
    """Publish every notice that is due at this moment and has not been; `only` some kinds where their days differ."""
    challenge = act.challenge
    for duty in duties_of(act.session, challenge):
        if duty.moment is moment and duty.ripe and not duty.met and duty.kind in set(only):
            notices.publish(act.session, act.actor, challenge, duty, _number(walk, act), clock.now())


def _number(walk: Walk, act: Act) -> str:
    """An invented number in the form of the official platform's, another one for every notice."""
    last = act.session.query(Notice).count() + 1
    return f"{900000 + last:06}-{clock.now().year}"

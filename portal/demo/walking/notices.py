"""Publishing the notices that are due at a moment of a challenge's life."""

from collections.abc import Iterable

from sqlalchemy import func, select

from portal.challenges.conflicts import CONFIRMED_BEFORE
from portal.challenges.services import conflicts
from portal.db import clock
from portal.demo.walking.walk import Act
from portal.law.notices import NoticeKind
from portal.notices import services as notices
from portal.notices.duties import duties_of
from portal.notices.models import Moment, Notice

FIRST_NUMBER = 900_001
"""Where the invented numbers begin."""


def publish_due(
    act: Act, moment: Moment, only: Iterable[NoticeKind] = tuple(NoticeKind), contract: int | None = None
) -> None:
    """Publish every notice that is due at this moment and has not been.

    `only` some kinds where their days differ, and only those about the `contract` of this number.
    """
    challenge = act.challenge
    for duty in duties_of(act.session, challenge):
        wanted = duty.moment is moment and duty.kind in set(only) and contract in {None, duty.contract}
        if wanted and duty.ripe and not duty.met:
            if duty.kind.code in CONFIRMED_BEFORE:
                conflicts.confirm(act.session, act.actor, challenge, duty.kind.code)
            notices.publish(act.session, act.actor, challenge, duty, _number(act), clock.now())


def _number(act: Act) -> str:
    """An invented number in the form of the official platform's, another one for every notice."""
    number = act.session.scalar(select(func.count(Notice.id))) or 0
    return f"{FIRST_NUMBER + number}-{clock.now().year}"

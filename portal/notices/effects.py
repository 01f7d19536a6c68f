"""What a challenge's moves set in motion here."""

from portal.challenges.models import Challenge
from portal.machine import Situation
from portal.notices.models import Reconsideration
from portal.notices.queries import award_number


def begin_new_award(at: Situation[Challenge]) -> None:
    """The effect of reconsidering: the next award, with summaries, notices and standstill of its own.

    What was recorded of the earlier ones stays as it is.
    """
    number = award_number(at.session, at.subject) + 1
    at.session.add(
        Reconsideration(
            challenge_id=at.subject.id,
            number=number,
            reason=str(at.given.get("reason") or "").strip(),
            begun_at=at.now,
            begun_by_id=at.actor.person_id,
        )
    )
    at.session.flush()

"""What a release asks of a reservation."""

from portal.challenges.models import Challenge
from portal.machine import Situation, requirement
from portal.network.reserving.queries import choice_for, reservation_of


@requirement("The reservation is open to you at this value.", link="reserving.page")
def reservation_lawful(at: Situation[Challenge]) -> list[str]:
    """Value, kind of contract or day may have changed since the reservation was decided."""
    if not at.subject.reserved:
        return []
    decided = reservation_of(at.session, at.subject)
    if decided is None:
        return ["The brief speaks of a reservation that nobody decided"]
    problem = choice_for(at.session, at.subject).problem(decided.area, decided.reserved_for)
    return [problem] if problem else []

"""What deploying the prototypes costs, side by side, for whoever may compare prices at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.policy import Actor
from portal.showcases.costs import Schedule, alike
from portal.showcases.models import Appearance, PanelSeat, ShowcaseEvent
from portal.showcases.queries.panel import is_locked, quorum_of


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Each firm that gave a cost with its years, as many for every firm; and the firms that gave none."""

    firms: Sequence[tuple[Appearance, Schedule]]
    silent: Sequence[Appearance]

    @property
    def years(self) -> list[str]:
        """The years of every firm in words: the one of setting up, then those of running it."""
        later = range(1, len(self.firms[0][1].years)) if self.firms else ()
        return ["Year 0: setting up", *(f"Year {year}" for year in later)]

    @property
    def most_pence(self) -> int:
        """The dearest year of any firm, so that their pictures have one scale."""
        return max((schedule.most_pence for _, schedule in self.firms), default=0)


def costs_side_by_side(
    session: Session,
    actor: Actor,
    event: ShowcaseEvent,
    appearances: Sequence[Appearance],
    seats: Sequence[PanelSeat],
) -> SideBySide | None:
    """The comparison; None for somebody who judges, until the whole panel has locked.

    A judge sees each firm's cost beside what it shows, and no table of prices before the scores are given. The
    caller found the event, its firms and its panel for this person.
    """
    judging = any(seat.person_id == actor.person_id and seat.judges for seat in seats)
    if judging and not is_locked(seats, quorum_of(session, event.challenge)):
        return None
    given = {each.id: each.costs for each in appearances if each.costs}
    schedules = alike(given)
    return SideBySide(
        [(each, schedules[each.id]) for each in appearances if each.id in schedules],
        [each for each in appearances if each.id not in schedules],
    )

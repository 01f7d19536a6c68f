"""One thing that needs somebody, and the order they come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from portal.db import clock
from portal.law.calendar import london_date

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Need:
    """Something a person can do something about now: what, on what, where, and by when if there is a when."""

    title: str
    about: str
    href: str
    due: datetime | None = None
    waiting_since: datetime | None = None
    last_day_to_pay: date | None = None

    @property
    def overdue(self) -> bool:
        """Whether its time has passed."""
        now = clock.now()
        unpaid = self.last_day_to_pay is not None and self.last_day_to_pay < london_date(now)
        return unpaid or (self.due is not None and self.due < now)

    @property
    def by(self) -> datetime | None:
        """The moment its order is of, where it has one."""
        if self.last_day_to_pay is not None:
            return datetime.combine(self.last_day_to_pay, time.max, UTC)
        return self.due


def most_urgent_first(needs: Iterable[Need]) -> list[Need]:
    """What has a date first, soonest first; then what has waited longest."""
    return sorted(needs, key=lambda need: (need.by or _NEVER, need.waiting_since or _NEVER, need.about, need.title))

"""One thing that needs somebody, and the order they come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from portal.db import clock

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Need:
    """Something a person can do something about now: what, on what, where, and by when if there is a when."""

    title: str
    about: str
    href: str
    due: datetime | None = None
    waiting_since: datetime | None = None

    @property
    def overdue(self) -> bool:
        """Whether its time has passed."""
        return self.due is not None and self.due < clock.now()


def most_urgent_first(needs: Iterable[Need]) -> list[Need]:
    """What has a date first, soonest first; then what has waited longest."""
    return sorted(needs, key=lambda need: (need.due or _NEVER, need.waiting_since or _NEVER, need.about, need.title))

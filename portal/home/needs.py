"""One thing that needs somebody, and the order they come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.db import clock

_FAR = "9999"


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
    return sorted(needs, key=lambda need: (_key(need.due), _key(need.waiting_since), need.about, need.title))


def _key(moment: datetime | None) -> str:
    return moment.isoformat() if moment else _FAR

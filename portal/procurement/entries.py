"""One line of a challenge's calendar: a date, how it is come by, and how it stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.law.dates import Rule
from portal.law.words import Worded


class Standing(Worded):
    """How a date stands; the tone is the colour of its tag."""

    OVERDUE = ("overdue", "Overdue", "red")
    TODAY = ("today", "Today", "orange")
    NEXT = ("next", "Next", "blue")
    LATER = ("later", "Later", "grey")
    UNKNOWN = ("unknown", "Not known yet", "yellow")
    IF = ("if", "Only if it happens", "grey")
    DONE = ("done", "Done", "green")
    PAST = ("past", "Past", "grey")

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return self.meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A date that law, brief or contract sets, or would set.

    `number` tells apart dates of one rule, `about` says in words what they are about. `day` is None until what it
    `waits_for` has happened. `endpoint` and `values` lead to the page on which it is met; `recordable`: that it was
    done is written on the calendar itself.
    """

    rule: Rule
    number: int = 1
    about: str = ""
    day: date | None = None
    arithmetic: str = ""
    met_on: date | None = None
    waits_for: str = ""
    only_if: bool = False
    recordable: bool = False
    endpoint: str = ""
    values: tuple[tuple[str, Any], ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """What tells it apart within its challenge."""
        return self.rule.key, self.number

    def is_over(self, today: date) -> bool:
        """Whether nothing of it is still to come."""
        return self.met_on is not None or (self.day is not None and self.day < today and not self.rule.asks)


def standings(entries: Sequence[Entry], today: date) -> list[tuple[Entry, Standing]]:
    """Each entry with how it stands today; the soonest day that is still to come is the next one."""
    waiting = [each for each in entries if not each.is_over(today) and not each.rule.bounds]
    coming = [each.day for each in waiting if each.day and each.day > today]
    return [(each, _standing(each, today, min(coming, default=None))) for each in entries]


def _standing(entry: Entry, today: date, following: date | None) -> Standing:
    if entry.met_on is not None:
        return Standing.DONE
    if entry.only_if:
        return Standing.IF
    if entry.day is None:
        return Standing.UNKNOWN
    if entry.day < today:
        return Standing.OVERDUE if entry.rule.asks else Standing.PAST
    if entry.day == today:
        return Standing.TODAY
    return Standing.NEXT if entry.day == following and not entry.rule.bounds else Standing.LATER

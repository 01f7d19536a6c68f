"""An event's firms with their turns: the running order as pages, mails and calendars show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from portal.showcases.models import Appearance, ShowcaseEvent
from portal.showcases.running import Showing, clashes, turns


@dataclass(frozen=True, slots=True)
class Slot:
    """A firm's place in the running order: when it sets up, begins and ends, and when in that time it cannot come."""

    appearance: Appearance
    sets_up: datetime
    at: datetime
    until: datetime
    clashes: Sequence[tuple[time, time]]


def showing_of(appearance: Appearance) -> Showing:
    """A firm as the lot sees it."""
    away = tuple((each.starts, each.ends) for each in appearance.away)
    return Showing(appearance.response.reference, appearance.setup_minutes, away)


def running_order(event: ShowcaseEvent, appearances: Iterable[Appearance]) -> list[Slot]:
    """Each firm with its turn, in the order given."""
    order = [(each, showing_of(each)) for each in appearances]
    found = turns(event.at, event.minutes_each, [showing for _, showing in order])
    return [
        Slot(appearance, turn.sets_up, turn.at, turn.until, clashes(showing, turn))
        for (appearance, showing), turn in zip(order, found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Demands:
    """What all firms together ask of the venue; of sockets and screens also the most that one firm needs at once."""

    sockets: int
    most_sockets: int
    screens: int
    most_screens: int
    network: int
    setup_minutes: int
    others: Sequence[tuple[str, str]]


def demands_of(appearances: Sequence[Appearance]) -> Demands:
    """Sum what the firms need; `others` is each firm with what it wrote."""
    return Demands(
        sockets=sum(each.sockets for each in appearances),
        most_sockets=max((each.sockets for each in appearances), default=0),
        screens=sum(each.screens for each in appearances),
        most_screens=max((each.screens for each in appearances), default=0),
        network=sum(each.network for each in appearances),
        setup_minutes=sum(each.setup_minutes for each in appearances),
        others=[(each.response.organisation.name, each.needs) for each in appearances if each.needs],
    )

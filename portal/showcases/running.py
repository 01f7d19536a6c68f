"""The running order: whose turn is when, who could not come then, and an order drawn by lot. Pure, and repeatable.

Anybody can check a draw: in round `r` the firms are put into the order of SHA-256 of `seed:r:reference`, and the
first round in which everybody can come is the one that counts. So each possible order was as likely as any other.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ROUNDS = 2_000
"""How often lots are drawn before the portal says that it found no order that suits everybody."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A firm as the lot sees it: its response's reference, minutes to set up, and the times it cannot come."""

    reference: str
    setup_minutes: int = 0
    away: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """When one firm sets up, begins and ends."""

    sets_up: datetime
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a lot brought: the order by reference, in which round, and who cannot come at its time in it."""

    order: tuple[str, ...]
    round: int
    unmet: tuple[str, ...] = ()


def turns(begins: datetime, minutes_each: int, order: Sequence[Showing]) -> list[Turn]:
    """Each firm's turn, one after another; each sets up before its own turn, the first before the event begins."""
    found: list[Turn] = []
    for showing in order:
        setup = timedelta(minutes=showing.setup_minutes)
        sets_up = found[-1].until if found else begins - setup
        found.append(Turn(sets_up, sets_up + setup, sets_up + setup + timedelta(minutes=minutes_each)))
    return found


def clashes(showing: Showing, turn: Turn) -> list[tuple[time, time]]:
    """The times at which this firm said it cannot come and would have to, setting up included."""
    begins, ends = turn.sets_up.astimezone(LONDON), turn.until.astimezone(LONDON)
    return [
        (starts, stops)
        for starts, stops in showing.away
        if begins < datetime.combine(ends.date(), stops, LONDON)
        and datetime.combine(begins.date(), starts, LONDON) < ends
    ]


def unmet(begins: datetime, minutes_each: int, order: Sequence[Showing]) -> tuple[str, ...]:
    """Who cannot come at its time in this order, by reference."""
    placed = zip(order, turns(begins, minutes_each, order), strict=True)
    return tuple(showing.reference for showing, turn in placed if clashes(showing, turn))


def lot(seed: str, number: int, firms: Sequence[Showing]) -> list[Showing]:
    """The order that one round of a seed brings."""
    return sorted(firms, key=lambda firm: hashlib.sha256(f"{seed}:{number}:{firm.reference}".encode()).hexdigest())


def draw(seed: str, begins: datetime, minutes_each: int, firms: Sequence[Showing]) -> Drawn:
    """The first order by lot in which everybody can come; where no round has one, the best that was drawn.

    Which firms stay unmet in that is part of the answer.
    """
    best: Drawn | None = None
    for number in range(1, ROUNDS + 1):
        order = lot(seed, number, firms)
        missed = unmet(begins, minutes_each, order)
        if best is None or len(missed) < len(best.unmet):
            best = Drawn(tuple(firm.reference for firm in order), number, missed)
        if not missed:
            break
    assert best is not None
    return best


def why_not(begins: datetime, minutes_each: int, firms: Sequence[Showing], reference: str) -> str:
    """Why no order suits this firm, in the words that help: alone impossible, or only together with the others."""
    firm = next(each for each in firms if each.reference == reference)
    others = sorted((each for each in firms if each is not firm), key=lambda each: each.setup_minutes)
    for place in range(len(firms)):
        order = [*others[:place], firm, *others[place:]]
        turn = turns(begins, minutes_each, order)[place]
        if not clashes(firm, turn):
            return "its times leave it only turns that another firm needs as well"
    return "it cannot come at any turn of the day"


def swapped(order: Sequence[Showing], one: str, other: str) -> list[Showing]:
    """The order with two firms' places exchanged."""
    names = {showing.reference: showing for showing in order}
    exchange = {one: other, other: one}
    return [names[exchange.get(showing.reference, showing.reference)] for showing in order]

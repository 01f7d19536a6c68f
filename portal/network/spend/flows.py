"""Where the money of each category goes: what stays in the innermost circle, what leaves it, what nobody knows. Pure.

The parts of a flow lie beside each other, never one in the other: what is between two circles is what is in the wider
one and not in the narrower. So they add up to what was paid, which shares of nested circles never do.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from portal.network.local import ABROAD, Circles, Ring
from portal.network.spend.circles import ByCircle, CategoryByCircle, lines_of
from portal.network.spend.ranking import whole_pounds

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class End:
    """Where money goes. `key`: a `Ring`'s value or `UNKNOWN`; `short` fits into a picture."""

    key: str
    title: str
    short: str


@dataclass(frozen=True)
class Flow:
    """What was paid for one category, or for several together, in pence.

    `parts`: what went to each `End`, in their order; credits may make one less than nought. `least` and `most` are
    what leaves the innermost circle: without what is not known, and with all of it.
    """

    title: str
    parts: tuple[int, ...]
    least: int
    most: int
    name: str | None = None

    @property
    def total(self) -> int:
        """All that was paid."""
        return sum(self.parts)

    @property
    def range_words(self) -> str:
        """What leaves in words; one figure where it is certain."""
        least, most = whole_pounds(self.least), whole_pounds(self.most)
        return least if least == most else f"{least} to {most}"


def any_abroad(found: Sequence[ByCircle]) -> bool:
    """Whether any money is known to have gone outside the United Kingdom, so that this needs an end of its own."""
    return any(each.shares.abroad for each in found)


def ends_of(circles: Circles, *, abroad: bool) -> list[End]:
    """Where money can go, the nearest first, and outside the United Kingdom if `abroad`; needs at least one circle that
    is drawn.
    """
    drawn = [each.ring for each in circles.drawn]
    inner, outer = circles.called(drawn[0]), circles.called(drawn[-1])
    ends = [End(drawn[0].value, f"Stays within: {inner}", f"Stays in {inner}")]
    for before, ring in itertools.pairwise(drawn):
        narrower, wider = circles.called(before), circles.called(ring)
        ends.append(End(ring.value, f"Leaves {narrower}, stays within: {wider}", f"Elsewhere in {wider}"))
    ends.append(
        End(Ring.UK.value, f"Leaves {outer} for elsewhere in the United Kingdom", "Elsewhere in the United Kingdom")
    )
    ends += [End(ABROAD, "Leaves the United Kingdom", "Outside the United Kingdom")] if abroad else []
    return [*ends, End(UNKNOWN, "Not known where", "Not known where")]


def flows_of(found: Sequence[CategoryByCircle], circles: Circles, *, abroad: bool) -> list[Flow]:
    """Each category's money, in the order given, to the ends of `ends_of`; needs at least one circle that is drawn."""
    return [_flow(each, circles, abroad) for each in found]


def _flow(found: CategoryByCircle, circles: Circles, abroad: bool) -> Flow:
    within = [share.within for _title, share in lines_of(circles, found)]
    between = [wider - narrower for narrower, wider in itertools.pairwise(within)]
    least, most = leaving(found, circles)
    beyond = (found.shares.abroad,) if abroad else ()
    return Flow(found.title, (within[0], *between, *beyond, found.shares.unknown), least, most, found.name)


def leaving(found: ByCircle, circles: Circles) -> tuple[int, int]:
    """What leaves the innermost circle, in pence: at least, and at most."""
    inner = lines_of(circles, found)[0][1].within
    least = max(0, found.shares.known - inner)
    return least, least + found.perhaps


def together(title: str, flows: Sequence[Flow]) -> Flow:
    """Several flows as one. What leaves is never said to be more than all that was paid, whatever credits stay."""
    parts = tuple(map(sum, zip(*(each.parts for each in flows), strict=True)))
    least, most = sum(each.least for each in flows), sum(each.most for each in flows)
    return Flow(title, parts, least, max(least, min(most, sum(parts))))


def largest(flows: Sequence[Flow], most: int) -> list[Flow]:
    """The first of them, and all others as one where there are more than `most`."""
    if len(flows) <= most:
        return list(flows)
    rest = flows[most - 1 :]
    return [*flows[: most - 1], together(f"{len(rest)} other categories", rest)]

"""The equal-access ledger's arithmetic: what each firm was offered, what it took, and whether that is even.

Support is preliminary market engagement, which must give no supplier an unfair advantage (Procurement Act 2023
ss.16 and 17). Pure: rows are read in `portal.support.queries`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from portal.support.pathway import EVEN_WITHIN_MINUTES


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that was on offer, or that a firm had without a booking; firms by the id of their plan.

    `for_plan` None: for every firm. `held_by`: who booked or had it. `let_go_by`: who booked it and cancelled.
    """

    minutes: int
    with_people: bool
    for_plan: int | None = None
    held_by: int | None = None
    let_go_by: frozenset[int] = frozenset()

    def was_offered_to(self, plan_id: int) -> bool:
        """Whether this firm had the chance of it. What another firm took, it had not; what it declined, it had."""
        if plan_id == self.held_by or plan_id in self.let_go_by:
            return True
        return self.held_by is None and self.for_plan in (None, plan_id)


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes that one firm was offered, and how many of them it took."""

    offered: int
    taken: int


@dataclass(frozen=True, slots=True)
class Line:
    """One firm's line of the ledger: time with people, and use of rooms and equipment."""

    plan_id: int
    firm: str
    people: Hours
    things: Hours


def lines(firms: Iterable[tuple[int, str]], offers: Sequence[Offer]) -> list[Line]:
    """The ledger: one line for each (plan, firm), in their order."""
    return [
        Line(plan_id, firm, _hours(plan_id, offers, people=True), _hours(plan_id, offers, people=False))
        for plan_id, firm in firms
    ]


def _hours(plan_id: int, offers: Sequence[Offer], *, people: bool) -> Hours:
    of_kind = [each for each in offers if each.with_people is people]
    return Hours(
        offered=sum(each.minutes for each in of_kind if each.was_offered_to(plan_id)),
        taken=sum(each.minutes for each in of_kind if each.held_by == plan_id),
    )


def unevenness(ledger: Sequence[Line]) -> list[str]:
    """A sentence for each firm that was offered too little beside another; none where the ledger is even.

    Uneven is: more than `EVEN_WITHIN_MINUTES` fewer than the firm that was offered most.
    """
    return [
        *_short(ledger, "Time with people", lambda line: line.people.offered),
        *_short(ledger, "Rooms and equipment", lambda line: line.things.offered),
    ]


def _short(ledger: Sequence[Line], what: str, offered: Callable[[Line], int]) -> list[str]:
    if not ledger:
        return []
    most = max(ledger, key=offered)
    allowed = offered(most) - EVEN_WITHIN_MINUTES
    return [
        f"{what}: {line.firm} was offered {hours(offered(line))}, and {most.firm} {hours(offered(most))}. "
        f"Offer {line.firm} {hours(allowed - offered(line))} more."
        for line in ledger
        if offered(line) < allowed
    ]


def hours(minutes: int) -> str:
    """Minutes as people say hours: 45 minutes, 1 hour, 1 hour 30 minutes, no time."""
    whole, rest = divmod(minutes, 60)
    said = [f"{whole} hour{'' if whole == 1 else 's'}"] if whole else []
    return " ".join([*said, f"{rest} minutes"] if rest else said) or "no time"

"""What is known of local firms' sizes, and where the adviser stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.challenges.beside import Beside
from portal.challenges.models import Challenge
from portal.law import companies
from portal.network.local import Ring, circles_of
from portal.network.options import NetworkOption, is_on
from portal.organisations.models import Organisation
from portal.policy import Permission

_SIZES = ("micro", "small", "medium", "large", None)
_WORDS = {
    "micro": "Micro (up to 10 people)",
    "small": "Small (up to 50)",
    "medium": "Medium (up to 250)",
    "large": "Large",
    None: "Size not known",
}


@dataclass(frozen=True, slots=True)
class FirmSizes:
    """How many firms known to the portal are of each size: in the authority's own area, and altogether."""

    lines: tuple[tuple[str, int, int], ...]
    area: str
    drawn: bool


def firm_sizes(session: Session, organisation_id: int) -> FirmSizes:
    """Firms by size, in a handful of statements whatever their number."""
    circles = circles_of(session, organisation_id)
    where = circles.placed(Organisation.postcode)
    rows = session.execute(
        where.join(
            select(Organisation.headcount, where.ring, func.count())
            .select_from(Organisation)
            .where(Organisation.is_supplier, ~Organisation.provisional)
        ).group_by(Organisation.headcount, where.ring)
    ).all()
    own: dict[str | None, int] = {}
    everywhere: dict[str | None, int] = {}
    for headcount, ring, number in rows:
        size = companies.size(headcount)
        everywhere[size] = everywhere.get(size, 0) + number
        if ring == Ring.OWN.value:
            own[size] = own.get(size, 0) + number
    lines = tuple((_WORDS[size], own.get(size, 0), everywhere.get(size, 0)) for size in _SIZES if size in everywhere)
    return FirmSizes(lines, circles.title(Ring.OWN), any(each.ring is Ring.OWN for each in circles.drawn))


def helps(session: Session, challenge: Challenge) -> Iterable[Beside]:
    """The adviser, beside a brief that is still being written."""
    if challenge.released_at is None and is_on(session, challenge.lead_id, NetworkOption.INNOVATIVE_PROCUREMENT):
        yield Beside(
            "lotting.page",
            "Ask whether to divide it into lots",
            "Five questions about the parts of the need, and a reason for the file.",
            Permission.CHALLENGE_PROCURE,
        )

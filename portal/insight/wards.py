"""Where the firms of the register are, ward by ward; for coordinators, because a ward of one firm all but names it."""

from sqlalchemy.orm import Session

from portal.insight.figures import Bar, Figure
from portal.network.patches.wards import firms_by_ward

_DRAWN = 15


def by_ward(session: Session) -> Figure:
    """How many firms each ward has, the most first."""
    found = firms_by_ward(session)
    return Figure(
        "wards",
        "Firms by ward",
        f"Firms, the {_DRAWN} wards with the most" if len(found.wards) > _DRAWN else "Firms",
        ("Ward", "District", "Firms"),
        tuple((each.ward, each.district, each.firms) for each in found.wards),
        tuple(
            Bar(f"{each.ward}, {each.district}" if each.district else each.ward, each.firms, f"{each.firms:,}")
            for each in found.wards[:_DRAWN]
        ),
        found.basis,
        words=2,
    )

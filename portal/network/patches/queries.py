"""The firms of a patch that agree to be shown, and what is planned beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.network.local import Ring
from portal.network.local.placing import Placed, placed
from portal.network.needs.models import PlannedNeed
from portal.network.options import NetworkOption, bodies_with, is_on
from portal.network.patches.patch import Patch
from portal.network.register.queries import categories_of, shown_ids
from portal.organisations.models import Organisation
from portal.places import Area, Postcode
from portal.places.queries import names_of

MOST_FIRMS = 300
MOST_GROUND = 1_500
"""Postcodes drawn as the ground of the map."""
MOST_NEEDS = 100


@dataclass(frozen=True)
class LocatedFirm:
    """A firm and where its postcode is, in metres on the National Grid; None where no file says."""

    firm: Organisation
    easting: int | None
    northing: int | None
    categories: tuple[tuple[str, str], ...]


def firms_of(session: Session, patch: Patch) -> Sequence[LocatedFirm]:
    """Firms whose postcode lies in the patch and who agree to be shown, in the order of names."""
    where = _placed(session, patch, Organisation.postcode)
    rows = (
        select(Organisation, Postcode.easting, Postcode.northing)
        .outerjoin(Postcode, Postcode.postcode == Organisation.postcode)
        .where(Organisation.is_supplier, ~Organisation.provisional, Organisation.id.in_(shown_ids()))
    )
    inside = where.join(rows).where(where.ring == Ring.OWN.value)
    found = session.execute(inside.order_by(Organisation.name, Organisation.id).limit(MOST_FIRMS)).all()
    supplies = categories_of(session, [firm.id for firm, _, _ in found])
    return [
        LocatedFirm(firm, east, north, tuple((each.code, each.name) for each in supplies.get(firm.id, ())))
        for firm, east, north in found
    ]


def ground_of(session: Session, patch: Patch) -> Sequence[tuple[int, int, str]]:
    """Points of the patch's postcodes with the codes of their wards, so that a map has a shape."""
    where = _placed(session, patch, Postcode.postcode)
    rows = select(Postcode.easting, Postcode.northing, Postcode.ward_code).where(Postcode.easting.is_not(None))
    inside = where.join(rows).where(where.ring == Ring.OWN.value)
    # By the end of the postcode first, so that where there are too many, every street still has some.
    found = session.execute(inside.order_by(Postcode.postcode.desc()).limit(MOST_GROUND)).all()
    return [(east or 0, north or 0, ward or "") for east, north, ward in found]


def wards_named(session: Session, patch: Patch) -> dict[str, Area]:
    """The wards of a patch by their codes, as far as they are known."""
    return names_of(session, patch.wards)


def knows(session: Session, postcode: str) -> bool:
    """Whether a file of places has this postcode with its point."""
    found = select(Postcode.postcode).where(Postcode.postcode == postcode, Postcode.easting.is_not(None))
    return session.scalar(found) is not None


def needs_beside(session: Session, organisation: Organisation, since: date, until: date) -> Sequence[PlannedNeed]:
    """What this body plans from one quarter to another, and what others share; nothing while it has that option off."""
    if not is_on(session, organisation.id, NetworkOption.SHARED_NEED):
        return []
    of_network = PlannedNeed.organisation_id.in_(bodies_with(NetworkOption.SHARED_NEED))
    shared = of_network & PlannedNeed.shared_at.is_not(None)
    rows = (
        select(PlannedNeed)
        .options(joinedload(PlannedNeed.organisation, innerjoin=True))
        .where(or_(PlannedNeed.organisation_id == organisation.id, shared), PlannedNeed.quarter.between(since, until))
        .order_by(PlannedNeed.quarter, PlannedNeed.title, PlannedNeed.id)
    )
    return session.scalars(rows.limit(MOST_NEEDS)).all()


def _placed(session: Session, patch: Patch, column: object) -> Placed:
    centres = {}
    if patch.postcode:
        middle = session.get(Postcode, patch.postcode)
        if middle is not None and middle.easting is not None and middle.northing is not None:
            centres[patch.postcode] = (middle.easting, middle.northing)
    return placed((patch.circle(),), centres, None, column)

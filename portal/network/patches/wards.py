"""How many firms that agree to be shown each ward has, the most first; and how many no file can place."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.network.register.queries import shown_ids
from portal.organisations.models import Organisation
from portal.places import Area, Postcode
from portal.places.queries import names_of

MOST_WARDS = 500


@dataclass(frozen=True, slots=True)
class FirmsInWard:
    """`ward` is its name, or its code where no file names it."""

    code: str
    ward: str
    district: str
    firms: int


@dataclass(frozen=True)
class ByWard:
    """`unplaced`: firms whose postcode is not given, or that no file places in a ward."""

    wards: tuple[FirmsInWard, ...]
    unplaced: int

    @property
    def basis(self) -> tuple[str, ...]:
        """What the counts rest on, in sentences."""
        missing = f"{self.unplaced:,} {'firm has' if self.unplaced == 1 else 'firms have'} no ward that is known."
        return (
            "Firms that agree to be shown, by the postcode each gave, which may be a registered office.",
            *((missing,) if self.unplaced else ()),
        )


def firms_by_ward(session: Session) -> ByWard:
    """The wards with the most firms, five hundred at most."""
    rows = session.execute(
        select(Postcode.ward_code, func.max(Postcode.district_code), func.count())
        .select_from(Organisation)
        .outerjoin(Postcode, Postcode.postcode == Organisation.postcode)
        .where(Organisation.is_supplier, ~Organisation.provisional, Organisation.id.in_(shown_ids()))
        .group_by(Postcode.ward_code)
        .order_by(func.count().desc(), Postcode.ward_code)
        .limit(MOST_WARDS + 1)
    ).all()
    areas = names_of(session, [code for ward, district, _ in rows for code in (ward, district)])
    counts = [
        FirmsInWard(ward, _name(areas, ward), _name(areas, district), number) for ward, district, number in rows if ward
    ]
    unplaced = sum(number for ward, _district, number in rows if not ward)
    return ByWard(tuple(sorted(counts, key=lambda each: (-each.firms, each.district, each.ward))), unplaced)


def _name(areas: dict[str, Area], code: str | None) -> str:
    return areas[code].name if code in areas else code or ""

"""Finding firms in the register: the public those that agreed to be shown, each firm's own people their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.network.categories import Category
from portal.network.register.models import FirmCategory
from portal.network.words import SubjectKind, holding
from portal.organisations.models import FirmProfile, Organisation, SupplierKind
from portal.places import Area, AreaKind, Postcode
from portal.policy import Actor, Permission

SIZES: dict[str, tuple[int, int]] = {"micro": (0, 10), "small": (11, 50), "medium": (51, 250), "large": (251, 10**6)}
"""People from and to, by the label that `portal.law.companies.size` gives."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in the register; whatever is empty does not narrow it.

    `supplies` is said in plain words, `stems` are what the codes of the categories with these words begin with;
    `category` is the beginning of one code that was chosen.
    """

    words: str = ""
    kind: str = ""
    size: str = ""
    supplies: str = ""
    category: str = ""
    district: str = ""
    stems: tuple[str, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any((self.words, self.kind, self.size, self.supplies, self.category, self.district))


def shown_firms() -> Select[Organisation, FirmProfile]:
    """Firms that agreed to be shown, with their profiles, in the order of names."""
    return (
        select(Organisation, FirmProfile)
        .join(FirmProfile, FirmProfile.organisation_id == Organisation.id)
        .where(Organisation.is_supplier, ~Organisation.provisional, FirmProfile.shown_at.is_not(None))
        .order_by(Organisation.name, Organisation.id)
    )


def shown_ids() -> Select[int]:
    """The ids of the firms that agreed to be shown."""
    return select(FirmProfile.organisation_id).where(FirmProfile.shown_at.is_not(None))


def found_firms(asked: Asked) -> Select[Organisation, FirmProfile]:
    """Shown firms that match all that is asked; what nobody can ask for matches none."""
    rows = shown_firms()
    for ids in holding(SubjectKind.FIRM, asked.words):
        rows = rows.where(Organisation.id.in_(ids))
    if asked.kind:
        kind = next((each for each in SupplierKind if each.value == asked.kind), None)
        rows = rows.where(Organisation.supplier_kind == kind)
    if asked.size:
        rows = rows.where(Organisation.headcount.between(*SIZES.get(asked.size, (-1, -1))))
    for stems in filter(None, (asked.stems, (asked.category,) if asked.category else ())):
        of_category = or_(*(FirmCategory.code.startswith(stem, autoescape=True) for stem in stems))
        rows = rows.where(Organisation.id.in_(select(FirmCategory.organisation_id).where(of_category)))
    if asked.district:
        there = select(Postcode.postcode).where(Postcode.district_code == asked.district)
        rows = rows.where(Organisation.postcode.in_(there))
    return rows


def districts_of_firms(session: Session) -> Sequence[Area]:
    """The districts in which shown firms are, in the order of names."""
    there = (
        select(Postcode.district_code)
        .join(Organisation, Organisation.postcode == Postcode.postcode)
        .where(Organisation.id.in_(shown_ids()))
    )
    rows = select(Area).where(Area.kind == AreaKind.DISTRICT, Area.code.in_(there))
    return session.scalars(rows.order_by(Area.name).limit(400)).all()


def shown_firm(session: Session, _actor: Actor, reference: str) -> Organisation | None:
    """A firm that agreed to be shown."""
    return session.scalars(
        select(Organisation).where(Organisation.reference == reference, Organisation.id.in_(shown_ids()))
    ).first()


def own_firm(session: Session, actor: Actor, reference: str) -> Organisation | None:
    """A supplier for the people who answer for it."""
    return session.scalars(
        select(Organisation).where(
            Organisation.reference == reference,
            Organisation.is_supplier,
            Organisation.id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        )
    ).first()


def own_firms(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The suppliers somebody answers for."""
    mine = Organisation.id.in_(actor.ids(Permission.RESPONSE_WRITE))
    return session.scalars(select(Organisation).where(mine).order_by(Organisation.name, Organisation.id)).all()


def profile_of(session: Session, organisation: Organisation) -> FirmProfile | None:
    """What a firm says of itself beyond its summary, if it has said anything."""
    return session.get(FirmProfile, organisation.id)


def categories_of(session: Session, organisation_ids: Sequence[int]) -> dict[int, list[Category]]:
    """What firms supply, by their ids."""
    found: dict[int, list[Category]] = {}
    rows = (
        select(FirmCategory.organisation_id, Category)
        .join(Category, Category.code == FirmCategory.code)
        .where(FirmCategory.organisation_id.in_(organisation_ids))
        .order_by(FirmCategory.organisation_id, Category.code)
    )
    for key, category in session.execute(rows):
        found.setdefault(key, []).append(category)
    return found


def areas_of(session: Session, postcodes: Sequence[str | None]) -> dict[str, str]:
    """The district in words in which each postcode lies, as far as it is known."""
    wanted = {each for each in postcodes if each}
    rows = (
        select(Postcode.postcode, Area.name)
        .join(Area, Area.code == Postcode.district_code)
        .where(Postcode.postcode.in_(wanted))
    )
    return {row[0]: row[1] for row in session.execute(rows)}

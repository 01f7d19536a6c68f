"""Who wins contracts: firms new to them, micro firms and social enterprises, and in which circle the money lands."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.insight.figures import Bar, Figure, percent
from portal.law import companies
from portal.law.money import pounds, with_vat
from portal.network.local import Ring, circles_of, shares_by
from portal.organisations.models import Organisation, SupplierKind
from portal.partnerships.models import Partnership

SOCIAL = frozenset({SupplierKind.SOCIAL_ENTERPRISE, SupplierKind.CHARITY, SupplierKind.CO_OPERATIVE})
LEAD_ONLY = "Of a consortium the lead firm counts, with the whole value."
MONEY = "Values as signed, with VAT; purchase options that were not taken are left out."


@dataclass(frozen=True, slots=True)
class _Sum:
    contracts: int = 0
    pence: int = 0

    def __add__(self, other: "_Sum") -> "_Sum":
        return _Sum(self.contracts + other.contracts, self.pence + other.pence)


def newcomers(session: Session) -> Figure:
    """Firms that signed, year by year: those whose first contract known to the portal it was, and the others."""
    first = (
        select(Partnership.organisation_id, func.min(Partnership.signed_on).label("day"))
        .where(Partnership.signed_on.is_not(None))
        .group_by(Partnership.organisation_id)
        .subquery()
    )
    rows = session.execute(
        select(Partnership.organisation_id, Partnership.signed_on, first.c.day)
        .join(first, first.c.organisation_id == Partnership.organisation_id)
        .where(Partnership.signed_on.is_not(None))
    )
    years: dict[int, dict[bool, set[int]]] = {}
    for firm, signed_on, day in rows:
        year = (signed_on or day).year
        years.setdefault(year, {True: set(), False: set()})[day.year == year].add(firm)
    lines = tuple((year, len(found[True]), len(found[False])) for year, found in sorted(years.items()))
    bars = tuple(Bar(f"{year}, first contract", new, f"{new:,}") for year, new, _known in lines)
    basis = (
        "A firm is new in the year of its first contract that this portal knows. It may have had others elsewhere.",
        LEAD_ONLY,
    )
    return Figure(
        "newcomers", "Firms new to public contracts", "Firms", ("Year", "New firms", "Others"), lines, bars, basis
    )


def kinds(session: Session) -> Figure:
    """How many contracts, and how much of their value, go to micro firms and to social enterprises."""
    rows = session.execute(
        select(
            Organisation.headcount,
            Organisation.supplier_kind,
            Challenge.vat,
            func.count(),
            func.coalesce(func.sum(Partnership.value_pence), 0),
        )
        .select_from(Partnership)
        .join(Organisation, Organisation.id == Partnership.organisation_id)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(Partnership.signed_on.is_not(None))
        .group_by(Organisation.headcount, Organisation.supplier_kind, Challenge.vat)
    ).all()
    found: dict[str, _Sum] = {}
    whole = _Sum()
    for headcount, kind, vat, number, pence in rows:
        one = _Sum(number, with_vat(int(pence or 0), vat))
        whole += one
        groups = [_SIZES[companies.size(headcount)]] + (["Social enterprises and charities"] if kind in SOCIAL else [])
        for group in groups:
            found[group] = found.get(group, _Sum()) + one
    order = [*_SIZES.values(), "Social enterprises and charities"]
    lines = tuple(
        (each, found[each].contracts, pounds(found[each].pence), percent(found[each].pence, whole.pence))
        for each in order
        if each in found
    )
    return Figure(
        "kinds",
        "Contracts by size and kind of firm",
        "Share of the value",
        ("Firms", "Contracts", "Value", "Per cent of the value"),
        lines,
        tuple(Bar(str(each[0]), float(each[3]), f"{each[3]:g}%") for each in lines),
        (
            "By the number of people the firm gave. A social enterprise is counted by its size and once more as such, "
            "so that the lines are not to be added up.",
            LEAD_ONLY,
            MONEY,
        ),
        most=100,
    )


_SIZES: dict[str | None, str] = {
    "micro": "Micro firms (up to 10 people)",
    "small": "Small firms (up to 50)",
    "medium": "Medium firms (up to 250)",
    "large": "Large firms",
    None: "Size not known",
}


def by_circle(session: Session, authority: Organisation) -> Figure:
    """In which of an authority's circles the firms are that it has contracts with, and the money with them."""
    circles = circles_of(session, authority.id)
    where = circles.placed(Organisation.postcode)
    rows = session.execute(
        where.join(
            select(where.ring, Challenge.vat, func.count(), func.coalesce(func.sum(Partnership.value_pence), 0))
            .select_from(Partnership)
            .join(Organisation, Organisation.id == Partnership.organisation_id)
            .join(Challenge, Challenge.id == Partnership.challenge_id)
            .where(Partnership.signed_on.is_not(None), Challenge.lead_id == authority.id)
        ).group_by(where.ring, Challenge.vat)
    ).all()
    amounts: Counter[str | None] = Counter()
    for ring, vat, _number, pence in rows:
        amounts[ring] += with_vat(int(pence or 0), vat)
    shares = shares_by(amounts)
    drawn = {each.ring for each in circles.drawn} | {Ring.UK}
    lines = tuple(
        (f"Within: {circles.title(each.ring)}", pounds(each.within), each.percent)
        for each in shares.lines
        if each.ring in drawn and (shares.known or shares.unknown)
    )
    abroad = (("Outside the United Kingdom", pounds(shares.abroad), shares.percent_abroad),) if shares.abroad else ()
    unknown = (("Place not known", pounds(shares.unknown), ""),) if shares.unknown else ()
    return Figure(
        "circles",
        f"Where the money of {authority.name} goes",
        "Value within each circle",
        ("Circle", "Value", "Per cent of what is known"),
        (*lines, *abroad, *unknown),
        tuple(Bar(title, share, f"{share:g}%") for title, _value, share in lines),
        (
            shares.NOTE,
            shares.basis,
            "By the postcode the firm gave, which may be a registered office and not where the work is done.",
            LEAD_ONLY,
            MONEY,
            *circles.gaps,
        ),
        most=100,
    )

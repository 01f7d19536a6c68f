"""Reading what an authority paid: its files, what was left out, sums by category and year, and names to be judged."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, joinedload

from portal.law.money import Vat
from portal.network.queries import authority_seen
from portal.network.spend.columns import Role
from portal.network.spend.models import IS_FIRM, LeftOutRow, Match, Payee, SpendColumns, SpendFile, SpendSum
from portal.network.spend.rows import Why
from portal.organisations.models import Organisation
from portal.policy import Actor
from portal.web.paging import Page, page_of

MOST_CATEGORIES = 200


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for a category, a year or altogether, in pence: to firms registered here, to names that may be
    theirs, and to others. Credits are taken off.
    """

    name: str
    here: int
    doubtful: int
    others: int
    payees: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.here + self.doubtful + self.others


def files_of(session: Session, authority: Organisation, *, number: int) -> Page[SpendFile]:
    """Its files, the latest first."""
    rows = select(SpendFile).where(SpendFile.organisation_id == authority.id)
    return page_of(session, rows.order_by(SpendFile.sent_at.desc(), SpendFile.id.desc()), number=number)


def file_seen(session: Session, actor: Actor, reference: str, file_reference: str) -> SpendFile | None:
    """One file, for those who may see its authority."""
    authority = authority_seen(session, actor, reference)
    if authority is None:
        return None
    return session.scalars(
        select(SpendFile)
        .where(SpendFile.organisation_id == authority.id, SpendFile.reference == file_reference)
        .options(joinedload(SpendFile.organisation))
    ).first()


@dataclass(frozen=True, slots=True)
class LeftOutCount:
    """How many rows of a file were left out for one reason, and what they come to as far as it can be read."""

    why: Why
    rows: int
    pence: int


def left_out(session: Session, file: SpendFile) -> list[LeftOutCount]:
    """What was left out, by reason, the most rows first."""
    counted = func.count().label("rows")
    rows = session.execute(
        select(LeftOutRow.why, counted, func.coalesce(func.sum(LeftOutRow.pence), 0))
        .where(LeftOutRow.file_id == file.id)
        .group_by(LeftOutRow.why)
        .order_by(counted.desc(), LeftOutRow.why)
    )
    return [LeftOutCount(why, count, int(pence or 0)) for why, count, pence in rows]


def rows_left_out(session: Session, file: SpendFile, *, number: int) -> Page[LeftOutRow]:
    """Each row that was left out, in the file's order."""
    rows = select(LeftOutRow).where(LeftOutRow.file_id == file.id).order_by(LeftOutRow.row)
    return page_of(session, rows, number=number, size=50)


def remembered(session: Session, file: SpendFile) -> tuple[dict[Role, int], Vat | None]:
    """The columns as this authority named them last time, as far as this file has the same headings."""
    kept = session.get(SpendColumns, file.organisation_id)
    if kept is None:
        return {}, None
    places = {heading: at for at, heading in reversed(list(enumerate(file.heading_list)))}
    named = {Role(role): heading for role, heading in json.loads(kept.by_heading).items()}
    return {role: places[heading] for role, heading in named.items() if heading in places}, kept.vat


def years_of(session: Session, authority: Organisation) -> list[int]:
    """The financial years in which it paid, the latest first."""
    rows = select(SpendSum.year).where(SpendSum.organisation_id == authority.id).distinct()
    return list(session.scalars(rows.order_by(SpendSum.year.desc()).limit(50)))


def _paid(name: Any) -> Select[Any]:
    def sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, SpendSum.pence), else_=0)), 0)

    here, doubtful = Payee.matched.in_(IS_FIRM), Payee.matched == Match.DOUBTFUL
    return select(
        name,
        sum_of(here),
        sum_of(doubtful),
        sum_of(~here & ~doubtful),
        func.count(SpendSum.payee_id.distinct()),
    ).join(Payee, Payee.id == SpendSum.payee_id)


def _read(session: Session, rows: Select[Any]) -> list[Paid]:
    return [Paid(str(name), int(a), int(b), int(c), count) for name, a, b, c, count in session.execute(rows)]


def by_year(session: Session, authority: Organisation, category: str | None = None) -> list[Paid]:
    """What was paid in each financial year, the earliest first; of one category where it is named."""
    rows = _paid(SpendSum.year).where(SpendSum.organisation_id == authority.id)
    if category is not None:
        rows = rows.where(SpendSum.category == category)
    return _read(session, rows.group_by(SpendSum.year).order_by(SpendSum.year))


def by_category(session: Session, authority: Organisation, year: int) -> list[Paid]:
    """What was paid for each category in one year, the most first, as far as two hundred of them."""
    rows = _paid(SpendSum.category).where(SpendSum.organisation_id == authority.id, SpendSum.year == year)
    ordered = rows.group_by(SpendSum.category).order_by(func.sum(SpendSum.pence).desc(), SpendSum.category)
    return _read(session, ordered.limit(MOST_CATEGORIES))


def category_of(session: Session, authority: Organisation, year: int, category: str) -> Paid | None:
    """One category in one year; None where nothing was paid for it."""
    rows = _paid(SpendSum.category).where(
        SpendSum.organisation_id == authority.id, SpendSum.year == year, SpendSum.category == category
    )
    return next(iter(_read(session, rows.group_by(SpendSum.category))), None)


def payees_in(session: Session, authority: Organisation, year: int, category: str) -> list[tuple[Payee, int]]:
    """Who was paid most for a category in one year, and how much; twenty of them."""
    total = func.sum(SpendSum.pence)
    rows = session.execute(
        select(Payee, total)
        .join(SpendSum, SpendSum.payee_id == Payee.id)
        .where(SpendSum.organisation_id == authority.id, SpendSum.year == year, SpendSum.category == category)
        .group_by(Payee.id)
        .order_by(total.desc(), Payee.id)
        .limit(20)
    )
    return [(payee, int(pence)) for payee, pence in rows]


def doubtful(session: Session, authority: Organisation, *, number: int) -> Page[Payee]:
    """Names of which a person must say whether they are a firm registered here."""
    rows = (
        select(Payee)
        .where(Payee.organisation_id == authority.id, Payee.matched == Match.DOUBTFUL)
        .options(joinedload(Payee.firm))
        .order_by(Payee.name, Payee.id)
    )
    return page_of(session, rows, number=number)


def payee_of(session: Session, authority: Organisation, key: int) -> Payee | None:
    """One name in an authority's payments."""
    return session.scalars(select(Payee).where(Payee.organisation_id == authority.id, Payee.id == key)).first()

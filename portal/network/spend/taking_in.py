"""Reading payments files in the worker: a stretch at a time, so that nothing has to fit into memory or wait long.

Each stretch is written with how far it got. A worker that dies loses its lease, and the next goes on after the last
row that was written.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import Database, clock
from portal.files.store import NotKept, Store
from portal.network.spend.columns import Role
from portal.network.spend.matching import match_payees
from portal.network.spend.models import LeftOutRow, Match, Payee, Payment, SpendFile, SpendSum
from portal.network.spend.names import same_name
from portal.network.spend.rows import LeftOut, Taken, financial_year, read_row
from portal.network.spend.table import Format, rows_of
from portal.policy import CLOCK

STRETCH = 20_000
"""Rows that are read and written in one go."""

LEASE = timedelta(minutes=10)
_NAMES_AT_ONCE = 500
_GONE = "The file is not kept any more: it was not read within a day. Send it again."


@dataclass(frozen=True, slots=True)
class Work:
    """A file this worker has taken, and how far it was read."""

    id: int
    organisation_id: int
    digest: str
    form: Format
    columns: dict[Role, int]
    after: int


def read_on(database: Database, store: Store) -> bool:
    """Read the next stretch of a file that waits; answers whether there was one."""
    work = _lease(database)
    if work is None:
        return False
    try:
        stream = store.open(work.digest)
    except NotKept:
        _fail(database, work, _GONE)
        return True
    with stream:
        rows = itertools.islice(rows_of(stream, work.form, after=work.after), STRETCH)
        results = [read_row(number, row, work.columns) for number, row in rows]
    with database.writing() as session:
        file = session.get_one(SpendFile, work.id, with_for_update=True)
        if file.rows != work.after:
            return True  # another worker was faster, because this one lost its lease
        keep(session, file, results)
        file.leased_until = None
        if len(results) < STRETCH:
            finish(session, file)
    return True


def _lease(database: Database) -> Work | None:
    now = clock.now()
    with database.writing() as session:
        file = session.scalars(
            select(SpendFile)
            .where(
                SpendFile.mapped_at.is_not(None),
                SpendFile.finished_at.is_(None),
                or_(SpendFile.leased_until.is_(None), SpendFile.leased_until < now),
            )
            .order_by(SpendFile.mapped_at, SpendFile.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if file is None:
            return None
        file.leased_until = now + LEASE
        form = Format(file.encoding, file.separator, file.above)
        return Work(file.id, file.organisation_id, file.digest, form, file.roles, file.rows)


def _fail(database: Database, work: Work, fault: str) -> None:
    with database.writing() as session:
        file = session.get_one(SpendFile, work.id, with_for_update=True)
        file.fault, file.finished_at, file.leased_until = fault, clock.now(), None
        _tell(session, file)


def keep(session: Session, file: SpendFile, results: Sequence[Taken | LeftOut]) -> None:
    """Keep the next rows of a file, and count them."""
    taken = [each for each in results if isinstance(each, Taken)]
    left = [each for each in results if isinstance(each, LeftOut)]
    payees = _payees(session, file.organisation_id, taken)
    if taken:
        session.execute(insert(Payment), [_payment(file, each, payees) for each in taken])
    if left:
        session.execute(
            insert(LeftOutRow),
            [{"file_id": file.id, "row": each.number, "why": each.why, "pence": each.pence} for each in left],
        )
    file.rows += len(results)
    file.taken += len(taken)
    file.taken_pence += sum(each.pence for each in taken)
    file.total_pence += sum(each.pence or 0 for each in results)


def _payment(file: SpendFile, each: Taken, payees: dict[str, int]) -> dict[str, Any]:
    return {
        "file_id": file.id,
        "organisation_id": file.organisation_id,
        "row": each.number,
        "paid_on": each.paid_on,
        "year": financial_year(each.paid_on),
        "payee_id": payees[_key(each)],
        "pence": each.pence,
        "category": each.category,
        "directorate": each.directorate,
        "reference": each.reference,
    }


def _key(each: Taken) -> str:
    """By what a payee is known: the name as it is compared, or as it is where nothing of it can be."""
    return same_name(each.payee) or each.payee


def _payees(session: Session, organisation_id: int, taken: Iterable[Taken]) -> dict[str, int]:
    """The key of each payee by its name as it is compared; those that are new are kept, even where two files race."""
    named = {_key(each): each for each in taken}
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    found: dict[str, int] = {}
    every = sorted(named)
    for begin in range(0, len(every), _NAMES_AT_ONCE):
        names = every[begin : begin + _NAMES_AT_ONCE]
        known = select(Payee.same_name, Payee.id).where(
            Payee.organisation_id == organisation_id, Payee.same_name.in_(names)
        )
        found.update((name, key) for name, key in session.execute(known))
        new = [_payee(organisation_id, name, named[name]) for name in names if name not in found]
        if new:
            session.execute(dialect.insert(Payee).on_conflict_do_nothing(), new)
            found.update((name, key) for name, key in session.execute(known))
    return found


def _payee(organisation_id: int, name: str, each: Taken) -> dict[str, Any]:
    return {
        "organisation_id": organisation_id,
        "name": each.payee,
        "same_name": name,
        "company_number": each.company_number,
        "matched": Match.NONE,
    }


def finish(session: Session, file: SpendFile) -> None:
    """Add up what the pages show, compare the names with the firms registered here, and tell who sent the file."""
    session.flush()
    sums = (
        select(
            Payment.file_id,
            Payment.organisation_id,
            Payment.year,
            Payment.category,
            Payment.payee_id,
            func.count(),
            func.sum(Payment.pence),
        )
        .where(Payment.file_id == file.id)
        .group_by(Payment.file_id, Payment.organisation_id, Payment.year, Payment.category, Payment.payee_id)
    )
    columns = ("file_id", "organisation_id", "year", "category", "payee_id", "payments", "pence")
    session.execute(insert(SpendSum).from_select(columns, sums))
    match_payees(session, file.organisation_id)
    file.finished_at = clock.now()
    journal.record(session, CLOCK, "spend.read", ("spend_file", file.id), rows=file.rows, taken=file.taken)
    _tell(session, file)


def _tell(session: Session, file: SpendFile) -> None:
    if file.sent_by_id is not None:
        outbox.queue(session, "spend.read", file.sent_by_id, file=file.reference)

"""Reading official files into the tables of places: thousands of rows a statement, on both databases alike."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.db import Base, Database, clock
from portal.places.models import Area, OutwardCode, PlaceFile, Postcode, SourceKind
from portal.places.sources import NotPlaces, Row, Source, Values, opened

_CHUNK: Final = 10_000
"""Rows in one transaction; whoever else writes waits no longer than for one of them."""

_MODELS: Final[dict[SourceKind, type[Base]]] = {
    SourceKind.CODE_POINT: Postcode,
    SourceKind.POSTCODE_LOOKUP: Postcode,
    SourceKind.LSOA_CENTRES: Area,
    SourceKind.NAMES: Area,
    SourceKind.OUTWARD_CODES: OutwardCode,
}
_MOST_REASONS: Final = 5


@dataclass
class Imported:
    """What became of one file. `reasons`: why the first few rows were set aside, each with its line."""

    name: str
    kind: SourceKind | None = None
    taken: int = 0
    set_aside: int = 0
    reasons: list[str] = field(default_factory=list)
    problem: str = ""


def files_in(path: Path) -> list[Path]:
    """The file itself, or every .csv and .json of a folder and of the folders in it."""
    if path.is_file():
        return [path]
    return sorted(each for each in path.rglob("*") if each.suffix.lower() in {".csv", ".json"})


def import_file(database: Database, path: Path, *, year: int | None = None) -> Imported:
    """Read one file; reading it again, or a newer one, brings what is known up to date and takes nothing away.

    `year`: the year of the copyright to be named beside figures; this one unless given.
    """
    report = Imported(path.name[:200])
    try:
        with opened(path) as source:
            report.kind = source.kind
            for rows in _chunks(_taken(source, report)):
                with database.writing() as session:
                    _put(session, source, rows)
    except (NotPlaces, csv.Error) as problem:
        report.problem = str(problem)
        return report
    with database.writing() as session:
        session.add(_note(report, source.kind, year))
    return report


def _note(report: Imported, kind: SourceKind, year: int | None) -> PlaceFile:
    return PlaceFile(
        kind=kind,
        name=report.name,
        year=year or clock.now().year,
        taken=report.taken,
        set_aside=report.set_aside,
        read_at=clock.now(),
    )


def _taken(source: Source, report: Imported) -> Iterator[Values]:
    for row in source.rows:
        if row.values is None:
            _set_aside(report, row)
        else:
            report.taken += 1
            yield row.values


def _set_aside(report: Imported, row: Row) -> None:
    report.set_aside += 1
    if len(report.reasons) < _MOST_REASONS:
        report.reasons.append(f"line {row.line}: {row.why}")


def _chunks(rows: Iterable[Values]) -> Iterator[list[Values]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk


def _put(session: Session, source: Source, rows: list[Values]) -> None:
    """Insert rows that all have the same columns; of those that are there already, these columns change."""
    table: Any = _MODELS[source.kind].__table__
    assert isinstance(table, Table)
    insert: Any = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert
    key = [column.name for column in table.primary_key]
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    changed |= {name: func.coalesce(table.c[name], changed[name]) for name in source.rough}
    # One row a key: PostgreSQL does not change a row twice in one statement.
    once = {row[key[0]]: row for row in rows}
    session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), list(once.values()))

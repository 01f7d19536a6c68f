"""Reading official files into the tables of places: thousands of rows a statement, on both databases alike."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from portal.db import Base, Database, clock, put
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


def import_file(database: Database, path: Path, *, year: int | None = None, invented: bool = False) -> Imported:
    """Read one file; reading it again, or a newer one, brings what is known up to date and takes nothing away.

    `year`: the year of the copyright to be named beside figures; this one unless given. `invented`: the file is made
    up, which is said beside figures instead.
    """
    report = Imported(path.name[:200])
    try:
        with opened(path) as source:
            report.kind = source.kind
            for rows in _chunks(_taken(source, report)):
                with database.writing() as session:
                    put(session, _MODELS[source.kind], rows, rough=source.rough)
    except (NotPlaces, csv.Error) as problem:
        report.problem = str(problem)
        return report
    with database.writing() as session:
        session.add(_note(report, source.kind, year, invented=invented))
    return report


def _note(report: Imported, kind: SourceKind, year: int | None, *, invented: bool) -> PlaceFile:
    return PlaceFile(
        kind=kind,
        name=report.name,
        year=year or clock.now().year,
        taken=report.taken,
        set_aside=report.set_aside,
        read_at=clock.now(),
        invented=invented,
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

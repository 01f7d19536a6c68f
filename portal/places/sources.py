"""The official files, each told by what it holds, and its rows as the tables keep them.

Nothing of a file is trusted: a row that is not in its own form is set aside with the reason and the number of its line.
"""

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, TextIO

from portal.law import companies
from portal.places.grid import on_grid
from portal.places.models import AreaKind, SourceKind

Values = dict[str, Any]

_KINDS: Final = {
    **dict.fromkeys(("E05", "W05", "S13", "N08"), AreaKind.WARD),
    **dict.fromkeys(("E06", "E07", "E08", "E09", "W06", "S12", "N09"), AreaKind.DISTRICT),
    **dict.fromkeys(("E10", "E11"), AreaKind.COUNTY),
    "E47": AreaKind.COMBINED_AUTHORITY,
    "E12": AreaKind.REGION,
    **dict.fromkeys(("E92", "W92", "S92", "N92"), AreaKind.COUNTRY),
    **dict.fromkeys(("E01", "W01", "S01"), AreaKind.LSOA),
}
_CODE: Final = re.compile(r"[ENSWKLM]\d{8}")
_OUTWARD: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_BRITAIN: Final = ((49.0, 61.5), (-9.0, 2.5))
"""Degrees north and east between which all of the United Kingdom lies."""
_BLOCK: Final = 1 << 20
_LARGEST_JSON: Final = 20_000_000
"""Characters; the names of every ward have a fiftieth of that."""


class NotPlaces(ValueError):
    """A file holds none of what is read here; the message says so in one sentence."""


class Row(NamedTuple):
    """One row: what is kept of it, or why it was set aside."""

    line: int
    values: Values | None
    why: str = ""


@dataclass(frozen=True)
class Source:
    """An opened file: what it is, and its rows. `rough`: columns that another file says better, if one has."""

    kind: SourceKind
    rows: Iterable[Row]
    rough: frozenset[str] = frozenset()


def kind_of(code: str) -> AreaKind | None:
    """What an area is, by its code; None for kinds that are not read."""
    return _KINDS.get(code[:3]) if _CODE.fullmatch(code) else None


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Tell which file this is; its rows are read one after the other while it is open. Raises `NotPlaces`."""
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        yield _told(file)


def _told(file: TextIO) -> Source:
    if file.read(1) == "{":
        file.seek(0)
        return Source(SourceKind.NAMES, _names_as_json(file.read(_LARGEST_JSON)))
    file.seek(0)
    lines = csv.reader(file)
    first = next(lines, [])
    if len(first) == 10 and _is_postcode(first[0]) and _CODE.fullmatch(first[4]):
        return Source(SourceKind.CODE_POINT, _each([first, *lines], 1, _code_point))
    return _with_header([name.strip().lower() for name in first], lines)


def _with_header(header: list[str], lines: Iterator[list[str]]) -> Source:
    at = _Columns(header)
    if at.has("postcode", "latitude"):
        rough = frozenset() if at.has("easting", "northing") else frozenset(_METRES)
        return Source(SourceKind.POSTCODE_LOOKUP, _each(lines, 2, lambda row: _looked_up(at, row)), rough)
    if at.has("outward", "latitude", "postcodes"):
        return Source(SourceKind.OUTWARD_CODES, _each(lines, 2, lambda row: _outward_code(at, row)))
    if at.has("lsoa", "latitude", "lsoa_name"):
        return Source(SourceKind.LSOA_CENTRES, _each(lines, 2, lambda row: _centre(at, row)))
    raise NotPlaces("This is none of the files of places that the portal reads.")


_SPELLINGS: Final = {
    "postcode": ("pcds", "postcode", "pcd7", "pcd8", "pcd"),
    "latitude": ("lat", "latitude"),
    "longitude": ("long", "longitude"),
    "easting": ("oseast1m", "east1m"),
    "northing": ("osnrth1m", "north1m"),
    "ward_code": ("osward", "wd25cd", "wd24cd"),
    "district_code": ("oslaua", "laua", "lad25cd", "lad24cd"),
    "county_code": ("oscty", "cty25cd", "cty24cd"),
    "region_code": ("rgn", "rgn25cd", "rgn24cd"),
    "country_code": ("ctry", "ctry25cd", "ctry24cd"),
    "lsoa_code": ("lsoa21", "lsoa21cd", "lsoa11", "lsoa11cd"),
    "lsoa": ("lsoa21cd", "lsoacd", "lsoa11cd"),
    "lsoa_name": ("lsoa21nm", "lsoa21_name", "lsoa11nm"),
    "outward": ("outcode",),
    "postcodes": ("postcodes",),
}
"""What the columns are called in the National Statistics Postcode Lookup, in ONSPD and in extracts of them."""


class _Columns:
    """Where each column is, by our own names."""

    def __init__(self, header: list[str]) -> None:
        places = {name: place for place, name in reversed(list(enumerate(header)))}
        self._at = {
            ours: next((places[each] for each in theirs if each in places), None) for ours, theirs in _SPELLINGS.items()
        }

    def has(self, *names: str) -> bool:
        return all(self._at[name] is not None for name in names)

    def text(self, row: list[str], name: str) -> str:
        at = self._at[name]
        return row[at].strip() if at is not None and at < len(row) else ""

    def code(self, row: list[str], name: str) -> str | None:
        return _code(self.text(row, name))

    def codes(self, row: list[str]) -> Values:
        """Every code a file has a column for; what it has none for is left as another file gave it."""
        return {name: self.code(row, name) for name in self._at if name.endswith("_code") and self.has(name)}


def _code_point(row: list[str]) -> Values:
    """OS Code-Point Open: postcode, quality, easting, northing, country, two of the NHS, county, district, ward.

    Positional quality 90 says that there is no point.
    """
    if len(row) != 10:
        raise ValueError("it has not ten columns")
    placed = row[1] != "90"
    return _postcode(row[0]) | {
        "easting": _whole(row[2]) if placed else None,
        "northing": _whole(row[3]) if placed else None,
        "country_code": _code(row[4]),
        "county_code": _code(row[7]),
        "district_code": _code(row[8]),
        "ward_code": _code(row[9]),
    }


def _looked_up(at: _Columns, row: list[str]) -> Values:
    """A postcode with degrees, and with whatever codes the file has; metres from the file or worked out."""
    latitude, longitude = _degrees(at, row)
    east, north = at.text(row, "easting"), at.text(row, "northing")
    point = (_whole(east), _whole(north)) if east and north else on_grid(latitude, longitude)
    degrees = {"latitude": latitude, "longitude": longitude}
    return _postcode(at.text(row, "postcode")) | degrees | dict(zip(_METRES, point, strict=True)) | at.codes(row)


_METRES: Final = ("easting", "northing")


def _outward_code(at: _Columns, row: list[str]) -> Values:
    outward = at.text(row, "outward").upper()
    if not _OUTWARD.fullmatch(outward):
        raise ValueError(f"“{outward[:20]}” is no outward code")
    point = dict(zip(_METRES, on_grid(*_degrees(at, row)), strict=True))
    return {"outward": outward, "postcodes": _whole(at.text(row, "postcodes"))} | point


def _centre(at: _Columns, row: list[str]) -> Values:
    point = dict(zip(_METRES, on_grid(*_degrees(at, row)), strict=True))
    return _area(at.text(row, "lsoa"), at.text(row, "lsoa_name")) | point


def _names_as_json(text: str) -> Iterator[Row]:
    """Codes and names as one object."""
    try:
        found = json.loads(text)
    except ValueError:
        raise NotPlaces("This file is cut off or is no JSON.") from None
    if not all(isinstance(each, str) for each in found.values()) or not any(kind_of(code) for code in found):
        raise NotPlaces("This is none of the files of places that the portal reads.")
    return _each(([code, name] for code, name in found.items()), 1, lambda row: _area(*row))


def _area(code: str, name: str) -> Values:
    kind = kind_of(code)
    if kind is None:
        raise ValueError(f"“{code[:20]}” is no code of an area that is read")
    if not name.strip():
        raise ValueError("it has no name")
    return {"code": code, "kind": kind, "name": name.strip()[:120]}


def _postcode(text: str) -> Values:
    whole = companies.postcode(text)
    return {"postcode": whole, "outward": whole[:-4]}


def _degrees(at: _Columns, row: list[str]) -> tuple[float, float]:
    """Degrees within the country: official files write 99.999999 or nothing where they know none."""
    try:
        found = float(at.text(row, "latitude")), float(at.text(row, "longitude"))
    except ValueError:
        raise ValueError("it has no latitude and longitude") from None
    if not all(least <= each <= most for each, (least, most) in zip(found, _BRITAIN, strict=True)):
        raise ValueError("its latitude and longitude lie outside the United Kingdom")
    return found


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise ValueError(f"“{text[:20]}” is no whole number")
    return int(text)


def _code(text: str) -> str | None:
    return text if _CODE.fullmatch(text) else None


def _each(lines: Iterable[list[str]], first: int, read: Callable[[list[str]], Values]) -> Iterator[Row]:
    for line, row in enumerate(lines, start=first):
        if not any(row):
            continue
        try:
            yield Row(line, read(row))
        except ValueError as problem:
            yield Row(line, None, str(problem).rstrip("."))


def _is_postcode(text: str) -> bool:
    try:
        companies.postcode(text)
    except ValueError:
        return False
    return True


def _encoding(path: Path) -> str:
    """Official files are UTF-8, some with a mark at the beginning; older ones are Latin."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"

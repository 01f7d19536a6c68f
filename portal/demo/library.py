"""The demonstration region as data: its texts, read and checked as a whole before anything is made of them.

Here the files are found, shaped and joined; what a challenge needs for the state it rests at is in ``rules``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from portal.demo.reading import TextError, read_table, shape
from portal.demo.rules import check
from portal.demo.shapes import Challenge, Firm, Library, Person, Region

TEXTS = Path(__file__).parent / "texts"

Shape = TypeVar("Shape")
Bank = Mapping[str, Mapping[str, Any]]


def load(texts: Path = TEXTS) -> Library:
    """Read and check the whole region. Raises TextError naming the file and the key of the first thing wrong."""
    bank = {entry["key"]: entry for entry in _entries(texts / "criteria.toml", "criteria")}
    library = Library(
        region=shape(Region, read_table(texts / "region.toml"), "region.toml"),
        firms=_shapes(Firm, texts / "firms.toml", "firms"),
        people=_shapes(Person, texts / "people.toml", "people"),
        challenges=tuple(_challenge(path, bank) for path in sorted((texts / "challenges").glob("*.toml"))),
    )
    check(library)
    return library


def _entries(path: Path, key: str) -> list[dict[str, Any]]:
    table = read_table(path)
    entries = table.get(key)
    if set(table) != {key} or not isinstance(entries, list):
        raise TextError(path.name, f"should hold [[{key}]] and nothing else")
    return entries


def _shapes(kind: type[Shape], path: Path, key: str) -> tuple[Shape, ...]:
    return tuple(
        shape(kind, entry, f"{path.name}: {key}[{number}]") for number, entry in enumerate(_entries(path, key))
    )


def _challenge(path: Path, bank: Bank) -> Challenge:
    table = read_table(path)
    if table.get("key") != path.stem:
        raise TextError(f"{path.name}: key", f"should be the file's name, {path.stem}")
    for place in (table, table.get("tender", {})):
        if "criteria" in place:
            place["criteria"] = [_criterion(entry, bank, path.name) for entry in place["criteria"]]
    return shape(Challenge, table, path.name)


def _criterion(entry: object, bank: Bank, where: str) -> object:
    """A row ``["fit", 40]`` takes a criterion from the bank with its own weight; a table is the challenge's own."""
    if not isinstance(entry, list):
        return entry
    match entry:
        case [str(key), int(weight)] if key in bank:
            return {**bank[key], "weight": weight}
    raise TextError(f"{where}: criteria", f"{entry!r} is not a criterion of the bank with a weight")

"""A payments file as rows of cells: its encoding, its separator and where its headings stand, found by looking.

Nothing here holds more than one stretch of the file in memory.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from portal.network.spend.columns import is_heading
from portal.text import mended

_CHUNK: Final = 256 * 1024
_SAMPLE: Final = 64 * 1024
_FIRST_ROWS: Final = 30
_MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 100_000
_MARKS: Final = "\ufeff"


class NotATable(ValueError):
    """The file holds no table of payments; the message is a sentence."""


@dataclass(frozen=True)
class Format:
    """How to read a file: its encoding, the sign between cells, and how many rows stand above its headings."""

    encoding: str
    separator: str
    above: int


@dataclass(frozen=True)
class Look:
    """What is seen of a file before it is read: its format, its headings and some rows."""

    format: Format
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def look(stream: BinaryIO) -> Look:
    """Look at a file's beginning. Raises `NotATable` where no row names a day, somebody paid and an amount."""
    encoding = encoding_of(stream)
    stream.seek(0)
    sample = stream.read(_SAMPLE).decode(encoding, "replace")
    for separator in _separators(sample):
        first = list(_some(sample, separator))
        for above, row in enumerate(first[:_FIRST_ROWS]):
            if is_heading(row):
                shown = tuple(tuple(each) for each in first[above + 1 : above + 1 + 200] if any(map(str.strip, each)))
                return Look(Format(encoding, separator, above), headings_of(row), shown)
    raise NotATable(
        "No row of this file names its columns, as “Date”, “Supplier” and “Amount” would. "
        "Send a CSV file whose first row does."
    )


def headings_of(row: Sequence[str]) -> tuple[str, ...]:
    """The headings without the marks that programs put before a text, even where they were encoded twice."""
    return tuple(" ".join(mended(cell).replace(_MARKS, "").split())[:120] for cell in row[:_MOST_COLUMNS])


def encoding_of(stream: BinaryIO) -> str:
    """UTF-8 where the whole file is, otherwise the code page that Excel writes CSV in."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    try:
        while piece := stream.read(_CHUNK):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separators(sample: str) -> list[str]:
    """The signs that can stand between cells, the most frequent first."""
    counted = {sign: sample.count(sign) for sign in (",", "\t", ";", "|")}
    return [sign for sign, times in sorted(counted.items(), key=lambda each: -each[1]) if times]


def _some(sample: str, separator: str) -> Iterator[list[str]]:
    whole = sample.rsplit("\n", 1)[0] if len(sample) >= _SAMPLE // 2 and "\n" in sample else sample
    try:
        yield from csv.reader(io.StringIO(whole.replace("\0", "")), delimiter=separator)
    except csv.Error:
        return


def rows_of(stream: BinaryIO, form: Format, *, after: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headings, each with its number from 1, beginning after row `after`.

    A row that is longer than any payment could be is given as an empty one, so that it is counted all the same.
    """
    csv.field_size_limit(_LONGEST_CELL)
    stream.seek(0)
    text = io.TextIOWrapper(stream, form.encoding, errors="replace", newline="")
    try:
        reader = csv.reader((line.replace("\0", "") for line in text), delimiter=form.separator)
        for number, row in enumerate(_whole(reader), start=-form.above):
            if number > after:
                yield number, row
    finally:
        text.detach()


def _whole(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []

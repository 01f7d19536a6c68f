"""From a file to its challenges: recognises the format, refuses single records, lets the rest go on."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from portal.challenges.intake import challenge_gov, open_contracting, uk_calls
from portal.challenges.intake.fields import Taker, as_text, read_fields
from portal.challenges.intake.records import IncomingChallenge, NotReadable, RefusedRecord
from portal.text.rich import tidy

LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes: fifty times the largest page of notices seen. The whole file is held in memory while it is read."""

_LINES_ENDINGS: Final = (".jsonl", ".ndjson")

_Record = object | RefusedRecord


def read_file(path: Path) -> Iterator[IncomingChallenge | RefusedRecord]:
    """The challenges of a file, and the records that were refused, in the file's order.

    Reads three formats: a JSON feed with the key `_challenge`, JSON lines with one funding call each, and packages
    of releases or records of the Open Contracting Data Standard. A record that repeats an earlier one's identifier
    is refused, so that the answer names nothing twice.

    Raises:
        NotReadable: at once, when the file is missing, too large, not text, not JSON, cut off or of another
            kind.
    """
    content = _content(path)
    if not content.strip():
        raise NotReadable(f"{path.name} is empty.")
    source, takers, records = _recognised(path.name, content)
    return _without_repeats(
        record if isinstance(record, RefusedRecord) else _incoming(position, source, takers, record)
        for position, record in enumerate(records, start=1)
    )


def _incoming(
    position: int, source: str, takers: Mapping[str, Taker], record: object
) -> IncomingChallenge | RefusedRecord:
    if not isinstance(record, open_contracting.Process):
        return _challenge(position, source, takers, record)
    found = _challenge(position, source, takers, open_contracting.as_record(record))
    return found if isinstance(found, RefusedRecord) else replace(found, notices=record.notices)


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise NotReadable(f"{path.name} is larger than {LARGEST_FILE // 1024**2} MB.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadable(f"{path.name} is not text in UTF-8 (byte {error.start + 1}).") from error
    except OSError as error:
        raise NotReadable(f"{path.name} could not be opened: {error.strerror}.") from error


def _recognised(name: str, content: str) -> tuple[str, Mapping[str, Taker], list[_Record]]:
    try:
        whole = _parsed(content)
    except _NotJson as error:
        return uk_calls.NAME, uk_calls.TAKERS, _lines(name, content, error)
    if not isinstance(whole, dict):
        raise NotReadable(f"{name} holds {_kind(whole)}, not a feed with the key “_challenge” or JSON lines.")
    if open_contracting.is_package(whole):
        return open_contracting.NAME, open_contracting.takers(), open_contracting.processes(whole)
    if "_challenge" not in whole:
        return uk_calls.NAME, uk_calls.TAKERS, _only_line(name, whole)
    feed = whole["_challenge"]
    if not isinstance(feed, list):
        raise NotReadable(f"{name}: “_challenge” should be a list of challenges, but it is {_kind(feed)}.")
    return challenge_gov.NAME, challenge_gov.takers(_home(whole)), feed


def _lines(name: str, content: str, whole_error: "_NotJson") -> list[_Record]:
    """The records of JSON lines; where not even the first line is an object, it is broken JSON instead."""
    lines = [line for line in content.split("\n") if line.strip()]
    records = [_line(position, line) for position, line in enumerate(lines, start=1)]
    certain = records if name.lower().endswith(_LINES_ENDINGS) else records[:1]
    if not any(isinstance(record, dict) for record in certain):
        raise NotReadable(f"{name} {whole_error}.")
    return records


def _line(position: int, line: str) -> _Record:
    try:
        return _parsed(line)
    except _NotJson as error:
        return RefusedRecord(position, f"The line {error}.")


def _only_line(name: str, record: dict[str, object]) -> list[_Record]:
    if not uk_calls.TAKERS.keys() & record.keys():
        raise NotReadable(
            f"{name} is JSON, but no package of official notices, has no key “_challenge” and is no funding call."
        )
    return [record]


def _home(feed: Mapping[str, object]) -> str:
    home = feed.get("home_page_url")
    is_address = isinstance(home, str) and home.startswith(("https://", "http://"))
    return str(home).rstrip("/") if is_address else challenge_gov.HOME


def _challenge(
    position: int, source: str, takers: Mapping[str, Taker], record: object
) -> IncomingChallenge | RefusedRecord:
    if not isinstance(record, dict):
        return RefusedRecord(position, f"The record is {_kind(record)}, not an object with fields.")
    draft, account = read_fields(record, takers)
    if not draft.title:
        return RefusedRecord(position, "The record has no title.")
    return IncomingChallenge(
        position=position,
        source="/".join(part for part in (source, draft.publisher) if part),
        source_id=draft.source_id or f"title-{_sha256(draft.title)[:32]}",
        digest=_sha256(json.dumps(record, sort_keys=True)),
        title=draft.title,
        account=account,
        sponsor=draft.sponsor,
        summary=draft.summary,
        sections=draft.sections,
        opens=draft.opens,
        closes=draft.closes,
        prize=draft.prize,
        themes=draft.themes,
        link=draft.link,
    )


def _without_repeats(
    records: Iterator[IncomingChallenge | RefusedRecord],
) -> Iterator[IncomingChallenge | RefusedRecord]:
    first: dict[tuple[str, str], int] = {}
    for record in records:
        if isinstance(record, RefusedRecord):
            yield record
            continue
        position = first.setdefault((record.source, record.source_id), record.position)
        if position == record.position:
            yield record
        else:
            yield RefusedRecord(record.position, f"It has the same identifier as record {position}.")


class _NotJson(Exception):
    """A predicate: why the text is no JSON."""


def _parsed(content: str) -> object:
    try:
        return json.loads(content, object_pairs_hook=_with_repeated_keys)
    except json.JSONDecodeError as error:
        if error.pos >= len(content.rstrip()) or error.msg.startswith("Unterminated string"):
            raise _NotJson("is cut off: its end is missing") from error
        raise _NotJson(f"is not JSON (line {error.lineno}, column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise _NotJson("is JSON of a size or depth that nobody writes by hand") from error


def _with_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose repeated keys are all kept (JSON would lose all but the last), its text storable."""
    kept: dict[str, object] = {}
    for key, value in pairs:
        name, times = tidy(key), 1
        while name in kept:
            times += 1
            name = f"{tidy(key)} ({times})"
        kept[name] = _storable(value)
    return kept


def _storable(value: object) -> object:
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return tidy(value) if isinstance(value, str) else value


def _kind(value: object) -> str:
    kinds = {list: "a list", dict: "an object", str: "text", bool: "true or false", type(None): "nothing"}
    return kinds.get(type(value), "a number")


def _sha256(words: str) -> str:
    return hashlib.sha256(as_text(words).encode("utf-8", "surrogatepass")).hexdigest()

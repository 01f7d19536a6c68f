"""What can be done with a field of a record: small takers, composed into a table by each source.

A taker puts a value into the draft and answers with what became of it. It is called with values that are not
empty; whatever it cannot understand it notes, so that nothing depends on publishers keeping to a form.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, Final, Literal

from portal.challenges.intake.dates import UnreadableDate, read_date
from portal.challenges.intake.prizes import Prize, UnreadableAmount, read_prize
from portal.challenges.intake.records import Account, Entry, Fate, Passage


@dataclass
class Draft:
    """A challenge while its fields are being read."""

    source_id: str = ""
    publisher: str = ""
    title: str = ""
    sponsor: str = ""
    summary: str = ""
    link: str = ""
    themes: tuple[str, ...] = ()
    sections: dict[str, Passage] = field(default_factory=dict)
    opens: datetime | date | None = None
    closes: datetime | date | None = None
    prize: Prize | None = None


@dataclass(frozen=True)
class Verdict:
    """What became of one value."""

    fate: Fate
    words: str


Taker = Callable[[Draft, Any], Verdict]


def read_fields(record: Mapping[str, object], takers: Mapping[str, Taker]) -> tuple[Draft, Account]:
    """The draft that a record's fields make, and the account of each of them."""
    draft = Draft()
    entries = [_entry(draft, name, value, takers.get(name, _unknown)) for name, value in record.items()]
    return draft, Account(tuple(entries))


def text(attribute: Literal["title", "sponsor", "summary"]) -> Taker:
    """Takes words without markup."""

    def take(draft: Draft, value: Any) -> Verdict:
        if not isinstance(value, str):
            return note("It is not text.")(draft, value)
        words = value.strip() if attribute == "summary" else " ".join(value.split())
        setattr(draft, attribute, words)
        return Verdict(Fate.TAKEN, attribute)

    return take


def identity(attribute: Literal["source_id", "publisher"]) -> Taker:
    """Takes what names the record: short, without spaces."""

    def take(draft: Draft, value: Any) -> Verdict:
        words = str(value).strip() if isinstance(value, str | int) else ""
        if not _IDENTITY.fullmatch(words):
            return note("It is not a plain identifier.")(draft, value)
        setattr(draft, attribute, words)
        return Verdict(Fate.TAKEN, "where it came from")

    return take


def link(draft: Draft, value: Any) -> Verdict:
    """Takes the address of the original page."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value.strip()):
        return note("It is not the address of a web page.")(draft, value)
    draft.link = value.strip()
    return Verdict(Fate.TAKEN, "link to the original")


def names(attribute: Literal["sponsor", "themes"], known: Mapping[str, str] | None = None) -> Taker:
    """Takes one name or a list of them, a code that is known spelt out."""

    def take(draft: Draft, value: Any) -> Verdict:
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(name, str) for name in listed):
            return note("It is not a list of names.")(draft, value)
        tidy = (" ".join(name.split()) for name in listed)
        spelt = tuple(dict.fromkeys((known or {}).get(name, name) for name in tidy if name))
        setattr(draft, attribute, spelt if attribute == "themes" else ", ".join(spelt))
        return Verdict(Fate.TAKEN, attribute)

    return take


def moment(attribute: Literal["opens", "closes"], unstated_zone: tzinfo) -> Taker:
    """Takes a date; notes one that cannot be read in one way only, and an end before its beginning."""

    def take(draft: Draft, value: Any) -> Verdict:
        try:
            found = read_date(value if isinstance(value, str) else as_text(value), unstated_zone)
        except UnreadableDate as error:
            return note(f"{error}.")(draft, value)
        other = draft.closes if attribute == "opens" else draft.opens
        if other is not None and _is_before(found, other) is (attribute == "closes"):
            return note("The record closes before it opens.")(draft, value)
        setattr(draft, attribute, found)
        return Verdict(Fate.TAKEN, f"{attribute} {found.isoformat(*_SEPARATOR[type(found)])}")

    return take


def prize(draft: Draft, value: Any) -> Verdict:
    """Takes an amount of money."""
    try:
        draft.prize = read_prize(value if isinstance(value, str) else as_text(value))
    except UnreadableAmount as error:
        return note(f"{error}.")(draft, value)
    return Verdict(Fate.TAKEN, "value")


def section(key: str, heading: str, base: str) -> Taker:
    """Takes HTML into a section of the brief, under its own heading where the section holds several fields.

    `base` completes the addresses that the publisher's page builder left unfinished.
    """

    def take(draft: Draft, value: Any) -> Verdict:
        if not isinstance(value, str):
            return note("It is not text.")(draft, value)
        html, completed = _UNFINISHED.subn(base, value)
        before = draft.sections.get(key)
        titled = f"<h3>{heading}</h3>\n{html.strip()}"
        source = titled if before is None else f"{before.source}\n{titled}"
        draft.sections[key] = Passage(source, "html")
        return Verdict(Fate.TAKEN, _section_words(key, completed, html.lower().count("<img")))

    return take


def note(why: str) -> Taker:
    """Keeps the value as a note."""
    return lambda _draft, _value: Verdict(Fate.NOTED, why)


def refuse(why: str) -> Taker:
    """Leaves the value behind."""
    return lambda _draft, _value: Verdict(Fate.REFUSED, why)


def as_text(value: object) -> str:
    """A value in its original words."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _entry(draft: Draft, name: str, value: object, taker: Taker) -> Entry:
    verdict = _EMPTY if _is_empty(value) else taker(draft, value)
    original = as_text(value) if verdict.fate is Fate.NOTED else ""
    return Entry(name, verdict.fate, verdict.words, original)


def _unknown(_draft: Draft, _value: Any) -> Verdict:
    return Verdict(Fate.NOTED, "A brief has no place for it.")


def _is_empty(value: object) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _is_before(one: datetime | date, other: datetime | date) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return date(one.year, one.month, one.day) < date(other.year, other.month, other.day)


def _section_words(key: str, completed: int, pictures: int) -> str:
    words = [f"section {key.replace('_', ' ')}"]
    if completed:
        words.append(f"{completed} unfinished addresses completed")
    if pictures:
        words.append(f"{pictures} pictures not shown")
    return "; ".join(words)


_EMPTY: Final = Verdict(Fate.REFUSED, "It is empty.")
_SEPARATOR: Final[dict[type, tuple[str, ...]]] = {datetime: (" ", "minutes"), date: ()}
_IDENTITY: Final = re.compile(r"[\w.:/-]{1,100}", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\\]{1,2000}", re.IGNORECASE)
_UNFINISHED: Final = re.compile(r"\{\{\s*site\.baseurl\s*\}\}")

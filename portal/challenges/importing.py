"""Bringing in challenges that others published, as briefs still being written.

A file is read record by record; each becomes a challenge at articulation, with what the brief has a place for in
its sections and everything else kept as a note. What was imported once is known for ever by its source and id, so
that the same file brought in again changes nothing. A record that is refused does not stop the rest.

Records of an official platform bring their notices along; those can also be linked to a challenge that is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges import parts
from portal.challenges.intake.reading import read_file
from portal.challenges.intake.records import Account, IncomingChallenge, Passage, RefusedRecord
from portal.challenges.models import Challenge
from portal.challenges.pathway import Pathway
from portal.challenges.sections import BY_KEY
from portal.challenges.services.official import link_notice
from portal.challenges.services.starting import NewChallenge, start
from portal.db import Database
from portal.organisations.models import Organisation
from portal.policy import CLOCK
from portal.text import plain

_TITLE, _SUMMARY, _THEME = 160, 400, 60


class Outcome(Enum):
    """What became of a record."""

    TAKEN = "taken"
    KNOWN = "known already"
    CHANGED = "known already; it has changed at its source since, and was left as it is here"
    LINKED = "linked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Imported:
    """One record's line of the report."""

    position: int
    outcome: Outcome
    title: str = ""
    reference: str = ""
    account: Account | None = None
    why: str = ""


def import_file(database: Database, path: Path, lead_id: int) -> Iterator[Imported]:
    """Bring a file's challenges in for one authority, each in a transaction of its own.

    Raises `portal.challenges.intake.NotReadable` with a sentence where the file as a whole cannot be read.
    """
    for record in read_file(path):
        if isinstance(record, RefusedRecord):
            yield Imported(record.position, Outcome.REFUSED, why=record.why)
            continue
        with database.writing() as session:
            yield _bring_in(session, session.get_one(Organisation, lead_id), record)


def link_file(database: Database, path: Path, challenge_id: int) -> Iterator[Imported]:
    """Link the official notices of a file to one challenge, each process in a transaction of its own.

    Raises `portal.challenges.intake.NotReadable` with a sentence where the file as a whole cannot be read.
    """
    for record in read_file(path):
        if isinstance(record, RefusedRecord):
            yield Imported(record.position, Outcome.REFUSED, why=record.why)
        elif not record.notices:
            yield Imported(record.position, Outcome.REFUSED, why="It is no official notice, so it cannot be linked.")
        else:
            with database.writing() as session:
                challenge = session.get_one(Challenge, challenge_id)
                outcome = Outcome.LINKED if _link(session, challenge, record) else Outcome.KNOWN
                yield Imported(record.position, outcome, record.title, challenge.reference)


def _link(session: Session, challenge: Challenge, record: IncomingChallenge) -> int:
    """Link the record's notices, and say how many were new."""
    return sum(
        link_notice(
            *(session, CLOCK, challenge, each.ocid, each.number, each.published_at),
            code=each.code[:10],
            title=shortened(each.title, 200),
            address=each.address,
        )
        for each in record.notices
    )


def _bring_in(session: Session, lead: Organisation, record: IncomingChallenge) -> Imported:
    origin = f"{record.source}:{record.source_id}"
    known = session.scalars(select(Challenge).where(Challenge.imported_from == origin)).first()
    if known is not None:
        outcome = Outcome.KNOWN if known.imported_digest == record.digest else Outcome.CHANGED
        outcome = Outcome.LINKED if _link(session, known, record) else outcome
        return Imported(record.position, outcome, known.title, known.reference)
    theme = shortened(record.themes[0], _THEME) if record.themes else ""
    wanted = NewChallenge(Pathway.SHOWCASE, shortened(record.title, _TITLE), theme, published_elsewhere=True)
    challenge = start(session, CLOCK, lead, wanted)
    challenge.imported_from, challenge.imported_digest = origin, record.digest
    challenge.summary = shortened(record.summary, _SUMMARY)
    _write_sections(session, challenge, record)
    challenge.import_note = note_of(record)
    session.flush()
    _link(session, challenge, record)
    return Imported(record.position, Outcome.TAKEN, challenge.title, challenge.reference, record.account)


def _write_sections(session: Session, challenge: Challenge, record: IncomingChallenge) -> None:
    sections = {key: passage for key, passage in record.sections.items() if key in BY_KEY}
    if record.summary and "background" not in sections and len(record.summary) > _SUMMARY:
        sections["background"] = Passage(record.summary, "markdown")
    for key, passage in sections.items():
        value = {"source": passage.source, "format": passage.source_format}
        parts.write(session, challenge, f"section.{key}", value)


def note_of(record: IncomingChallenge) -> str:
    """Everything the brief has no place for, in plain words, so that nothing is lost silently."""
    lines = [f"Published at {record.link}"] if record.link else []
    lines += [f"Sponsor: {record.sponsor}"] if record.sponsor else []
    lines += [f"Title in full: {record.title}"] if len(record.title) > _TITLE else []
    lines += [f"Themes: {', '.join(record.themes)}"] if record.themes else []
    lines += [f"Opened: {_day(record.opens)}"] if record.opens else []
    lines += [f"Closed: {_day(record.closes)}"] if record.closes else []
    lines += [f"Prize: {record.prize.original}"] if record.prize else []
    lines += [f"{key.replace('_', ' ').capitalize()}: {_words(passage)}" for key, passage in _without_place(record)]
    lines += [f"{entry.field}: {entry.original}" for entry in record.account.noted]
    return "\n\n".join(lines)


def _without_place(record: IncomingChallenge) -> list[tuple[str, Passage]]:
    return [(key, passage) for key, passage in record.sections.items() if key not in BY_KEY]


def _words(passage: Passage) -> str:
    return plain(passage.source) if passage.source_format == "html" else passage.source


def _day(moment: datetime | date) -> str:
    return moment.isoformat()


def shortened(text: str, most: int) -> str:
    """The text, cut at a word with an ellipsis where it is too long for its place."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"

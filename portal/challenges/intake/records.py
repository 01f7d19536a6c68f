"""What comes out of a file: challenges with their accounts, and records that were refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from portal.challenges.intake.notices import IncomingNotice
from portal.challenges.intake.prizes import Prize
from portal.text.rich import SourceFormat

SECTIONS: Final = (
    "question",
    "who_is_affected",
    "evidence",
    "tried_already",
    "must_haves",
    "out_of_scope",
    "success_measure",
    "data_offered",
    "intellectual_property",
    "background",
    "notes",
)
"""The sections of a brief that a record may fill."""


class NotReadable(Exception):
    """The file as a whole cannot be read; the message is a sentence for the person who offered it."""


class Fate(StrEnum):
    """What became of a field."""

    TAKEN = "taken"
    NOTED = "kept as a note"
    REFUSED = "refused"


@dataclass(frozen=True)
class Entry:
    """One line of an account: a field, what became of it, and where it went or why it did not.

    `original` holds the text of a field kept as a note. It is empty for a refused one, because among the
    reasons to refuse is that we have no business keeping the content.
    """

    field: str
    fate: Fate
    words: str
    original: str = ""


@dataclass(frozen=True)
class Account:
    """Every field of a record, once."""

    entries: tuple[Entry, ...]

    @property
    def taken(self) -> tuple[Entry, ...]:
        """What the brief now holds."""
        return self._of(Fate.TAKEN)

    @property
    def noted(self) -> tuple[Entry, ...]:
        """What the brief has no place for, or could not be understood: kept in its original text."""
        return self._of(Fate.NOTED)

    @property
    def refused(self) -> tuple[Entry, ...]:
        """What was left behind, and why."""
        return self._of(Fate.REFUSED)

    def _of(self, fate: Fate) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.fate is fate)


@dataclass(frozen=True)
class Passage:
    """The source of a section as it arrived: never to be shown before `portal.text` has cleaned it."""

    source: str
    source_format: SourceFormat


@dataclass(frozen=True)
class IncomingChallenge:
    """A challenge as another publisher described it.

    `source` and `source_id` together name it for ever; `digest` (SHA-256 of the record) tells whether it has
    changed since. A plain date in `opens` or `closes` means that the record gives no time of day.
    """

    position: int
    source: str
    source_id: str
    digest: str
    title: str
    account: Account
    sponsor: str = ""
    summary: str = ""
    sections: Mapping[str, Passage] = field(default_factory=dict)
    opens: datetime | date | None = None
    closes: datetime | date | None = None
    prize: Prize | None = None
    themes: tuple[str, ...] = ()
    link: str = ""
    notices: tuple[IncomingNotice, ...] = ()


@dataclass(frozen=True)
class RefusedRecord:
    """A record that became no challenge, by its place in the file (from 1), with a sentence saying why."""

    position: int
    why: str

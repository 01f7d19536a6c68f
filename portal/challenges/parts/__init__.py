"""The parts of a brief that are edited one page at a time.

A part has one plain value, whichever way it is edited: in the rows of a brief that is still being written, or in an
amendment that is being prepared. Its version is a digest of the value, so that a form notices when anybody changed
what it began from (invariant 7), also where the value lies in several rows.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, RoundKind
from portal.challenges.parts import rounds, texts
from portal.challenges.sections import BY_KEY, SECTIONS
from portal.policy import Permission

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part's key, its title on pages, and who may write it while the brief is being made."""

    key: str
    title: str
    who: Permission = Permission.CHALLENGE_SHAPE

    @property
    def slug(self) -> str:
        """The part in an address."""
        return self.key.replace("_", "-")


_SHAPED = (
    Part("summary", "Title and summary"),
    *(Part(f"section.{section.key}", section.title) for section in SECTIONS),
    Part("must_haves", "What a solution must do"),
    Part("deal", "The deal in one box"),
    Part("criteria", "Questions, criteria and scores"),
)
_PROCURED = (
    Part("dates", "Dates", Permission.CHALLENGE_PROCURE),
    Part("value", "What is bought, and what it may cost", Permission.CHALLENGE_PROCURE),
    Part("route", "How it is released in law", Permission.CHALLENGE_PROCURE),
    Part("lots", "Parts that can be answered by themselves", Permission.CHALLENGE_PROCURE),
)
PARTS = {part.key: part for part in (*_SHAPED, *_PROCURED)}
AMENDABLE = frozenset({*(part.key for part in _SHAPED), "dates"})
"""What may change while a challenge is open. What is bought and the legal route may not: that is a new procurement."""
OF_A_TENDER = frozenset({"criteria", "dates"})
"""What a tender round has of its own."""


def read(session: Session, challenge: Challenge, key: str, kind: RoundKind = RoundKind.CHALLENGE) -> Value:
    """The value of a part as it stands in the rows; empty where nobody has written it."""
    if key in rounds.READ:
        return rounds.READ[key](session, challenge, kind)
    return texts.read(session, challenge, key)


def write(
    session: Session, challenge: Challenge, key: str, value: Value, kind: RoundKind = RoundKind.CHALLENGE
) -> None:
    """Put a value into the rows. The caller holds the challenge."""
    if key in rounds.WRITE:
        rounds.WRITE[key](session, challenge, value, kind)
    else:
        texts.write(session, challenge, key, value)
    session.flush()


def overlay(content: Value, key: str, value: Value) -> Value:
    """A brief's content as it would read with another value of one part."""
    return content | (rounds.OVERLAY[key](value) if key in rounds.OVERLAY else texts.overlay(content, key, value))


def version_of(value: Value) -> int:
    """A number that is another one whenever the value is."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


def section_part(key: str) -> str:
    """The part that holds one section of the brief. Raises `KeyError` for no section."""
    return f"section.{BY_KEY[key].key}"

"""Challenges published elsewhere, read from files into what a brief can hold.

Reading only: nothing here knows the database. Each record comes with an account of every one of its fields.
"""

from portal.challenges.intake.notices import IncomingNotice
from portal.challenges.intake.reading import read_file
from portal.challenges.intake.records import (
    Account,
    Entry,
    Fate,
    IncomingChallenge,
    NotReadable,
    Passage,
    RefusedRecord,
)

__all__ = [
    "Account",
    "Entry",
    "Fate",
    "IncomingChallenge",
    "IncomingNotice",
    "NotReadable",
    "Passage",
    "RefusedRecord",
    "read_file",
]

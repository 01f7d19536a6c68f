"""The ground floor of data: engines, sessions, column types and the one clock."""

from portal.db import clock
from portal.db.base import Base, Conflict, Stateful, Versioned, expect_version, guard_state, values_of
from portal.db.database import Database, DatabaseAddressError
from portal.db.locking import hold, locking, read_held, share
from portal.db.putting import put
from portal.db.types import Choice, Pence, UTCDateTime, random_reference

__all__ = [
    "Base",
    "Choice",
    "Conflict",
    "Database",
    "DatabaseAddressError",
    "Pence",
    "Stateful",
    "UTCDateTime",
    "Versioned",
    "clock",
    "expect_version",
    "guard_state",
    "hold",
    "locking",
    "put",
    "random_reference",
    "read_held",
    "share",
    "values_of",
]

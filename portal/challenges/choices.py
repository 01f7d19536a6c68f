"""What the public list can be narrowed to: the themes and the authorities of released challenges.

Each is found by jumping from one value to the next in its index, so that the cost grows with the number of themes
and authorities and not with that of challenges.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from portal.db import clock

_MOST = 400

_CHOICES = text(
    f"""
    WITH RECURSIVE themes (name) AS (
        SELECT min(theme) FROM challenge WHERE theme > '' AND released_at IS NOT NULL
        UNION ALL
        SELECT (SELECT min(theme) FROM challenge WHERE theme > themes.name AND released_at IS NOT NULL)
        FROM themes WHERE themes.name IS NOT NULL
    ), leads (id) AS (
        SELECT min(lead_id) FROM challenge WHERE released_at IS NOT NULL
        UNION ALL
        SELECT (SELECT min(lead_id) FROM challenge WHERE lead_id > leads.id AND released_at IS NOT NULL)
        FROM leads WHERE leads.id IS NOT NULL
    )
    SELECT CAST(NULL AS INTEGER) AS id, name AS key, name FROM themes WHERE name IS NOT NULL
    UNION ALL
    SELECT organisation.id, coalesce(organisation.code, organisation.reference), organisation.name
    FROM leads JOIN organisation ON organisation.id = leads.id
    LIMIT {_MOST}
    """  # noqa: S608 - the only thing put in is a number of ours
)


class Authority(NamedTuple):
    """An authority that has released a challenge; `key` stands in the address."""

    id: int
    key: str
    name: str


class Choices(NamedTuple):
    """The themes and authorities a reader can choose from, in alphabetical order."""

    themes: tuple[str, ...]
    authorities: tuple[Authority, ...]

    def authority(self, key: str) -> Authority | None:
        """The authority an address names, or None."""
        return next((each for each in self.authorities if each.key == key), None)

    def lacks(self, shown: Collection[tuple[str, str]]) -> bool:
        """Whether any theme, or any lead by its name or key, is not among these."""
        themes, leads = {theme for theme, _ in shown} - {""}, {lead for _, lead in shown} - {""}
        if not themes and not leads:
            return False
        known = {name for each in self.authorities for name in (each.key, each.name)}
        return not (themes.issubset(self.themes) and leads <= known)


_KEPT_FOR = timedelta(seconds=60)
# By the pool of connections: a database that was disposed of may hold other rows when it is next opened.
_kept: WeakKeyDictionary[Any, tuple[datetime, Choices]] = WeakKeyDictionary()


def choices(session: Session, *, shown: Collection[tuple[str, str]] = ()) -> Choices:
    """Every theme and lead authority of the released challenges, read at most once a minute by each process.

    `shown` are themes and leads that a reader sees or asked for (either may be empty): where one of them is not
    known yet, what was kept is too old and is read again.
    """
    pool, now = cast(Engine, session.get_bind()).pool, clock.now()
    read_at, known = _kept.get(pool, (None, None))
    if known is None or read_at is None or not timedelta() <= now - read_at < _KEPT_FOR or known.lacks(shown):
        known = _read(session)
        _kept[pool] = now, known
    return known


def _read(session: Session) -> Choices:
    rows = session.execute(_CHOICES).all()
    themes = sorted((name for key_id, _, name in rows if key_id is None), key=str.casefold)
    authorities = [Authority(*row) for row in rows if row[0] is not None]
    return Choices(tuple(themes), tuple(sorted(authorities, key=lambda each: each.name.casefold())))

"""Counting tries, so that nobody can go on guessing: by address and by client, in windows of fixed length.

A try is counted, in a transaction of its own, before it is looked at: many at once cannot slip through together,
and no refusal can undo the count.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.accounts.models import Attempt
from portal.db import clock

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be tried within a window."""

    act: str
    tries: int
    window: timedelta

    def by(self, who: str) -> "Try":
        """A try by somebody: an address or a client."""
        key = hashlib.sha256(f"{self.act}:{who}".encode()).hexdigest()
        return Try(self, key)


@dataclass(frozen=True, slots=True)
class Try:
    """Something tried by somebody; the key tells neither."""

    limit: Limit
    key: str


SIGN_IN_BY_ADDRESS = Limit("sign in, address", 10, timedelta(minutes=15))
SIGN_IN_BY_CLIENT = Limit("sign in, client", 60, timedelta(minutes=15))
MAIL_BY_ADDRESS = Limit("mail, address", 5, timedelta(hours=1))
MAIL_BY_CLIENT = Limit("mail, client", 40, timedelta(hours=1))


def client_of(address: str | None) -> str:
    """What counts as one client: an IPv4 address, or the /64 that one IPv6 connection is given."""
    try:
        return str(ip_network(f"{address}/64", strict=False)) if address and ":" in address else str(address)
    except ValueError:
        return str(address)


def count(session: Session, tries: Iterable[Try]) -> datetime | None:
    """Count tries, and answer when to try again if one is over its limit."""
    until = [_count(session, each) for each in sorted(tries, key=lambda each: each.key)]
    return max((moment for moment in until if moment), default=None)


def forget(session: Session, one: Try) -> None:
    """Begin again for somebody who has proved who they are."""
    session.execute(delete(Attempt).where(Attempt.key == one.key))
    old = select(Attempt.key).where(Attempt.window_began_at < clock.now() - _KEPT).order_by(Attempt.key).limit(100)
    keys = session.scalars(old.with_for_update(skip_locked=True)).all()
    if keys:
        session.execute(delete(Attempt).where(Attempt.key.in_(keys)))


def _count(session: Session, one: Try) -> datetime | None:
    now = clock.now()
    insert = _INSERT[session.get_bind().dialect.name]
    over = Attempt.window_began_at <= now - one.limit.window
    row = session.execute(
        insert(Attempt)
        .values(key=one.key, window_began_at=now, count=1)
        .on_conflict_do_update(
            index_elements=[Attempt.key],
            set_={
                "window_began_at": case((over, now), else_=Attempt.window_began_at),
                "count": case((over, 1), else_=Attempt.count + 1),
            },
        )
        .returning(Attempt.window_began_at, Attempt.count.label("tries"))
    ).one()
    return row.window_began_at + one.limit.window if row.tries > one.limit.tries else None

"""Row locks, in the one order that cannot deadlock: the challenge first, then rows by id, the journal's head last.

On SQLite a writing transaction already holds the whole database, so these only reread the row. A row is locked and
reread once in a transaction: from then on nobody else can have changed it.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

_HELD = "held"


def hold(session: Session, *rows: Any) -> None:
    """Lock rows for a move (FOR UPDATE), in the order of their ids, and reread them.

    Only their own rows: what a query joined to them (a challenge's lead) stays free.
    """
    held = session.info.setdefault(_HELD, set())
    for row in sorted(rows, key=lambda each: int(each.id)):
        if row not in held:
            session.refresh(row, with_for_update={"of": type(row)})
            held.add(row)


def share(session: Session, row: Any) -> None:
    """Lock a row for an edit below it (FOR SHARE): other editors may go on, a move must wait."""
    if row not in session.info.get(_HELD, ()):
        session.refresh(row, with_for_update={"read": True, "of": type(row)})


@event.listens_for(Session, "after_commit")
def _let_go(session: Session) -> None:
    session.info.pop(_HELD, None)


@event.listens_for(Session, "after_soft_rollback")
def _let_go_of_some(session: Session, _previous: Any) -> None:
    """Rolled back to a savepoint, it holds less; what is left nobody noted, so that everything is asked for anew."""
    session.info.pop(_HELD, None)

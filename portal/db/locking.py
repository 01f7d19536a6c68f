"""Row locks, in the one order that cannot deadlock: the challenge first, then rows by id, the journal's head last.

On SQLite a writing transaction already holds the whole database, so these only reread the row.
"""

from typing import Any

from sqlalchemy.orm import Session


def hold(session: Session, *rows: Any) -> None:
    """Lock rows for a move (FOR UPDATE), in the order of their ids, and reread them.

    Only their own rows: what a query joined to them (a challenge's lead) stays free.
    """
    for row in sorted(rows, key=lambda each: int(each.id)):
        session.refresh(row, with_for_update={"of": type(row)})


def share(session: Session, row: Any) -> None:
    """Lock a row for an edit below it (FOR SHARE): other editors may go on, a move must wait."""
    session.refresh(row, with_for_update={"read": True, "of": type(row)})

"""No test finds what another left, not even in tables whose triggers forbid deleting."""

import pytest
from sqlalchemy import func, select

from portal.db import Database, clock
from portal.journal.models import JournalEntry, JournalHead


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_begins_with_empty_tables_and_their_first_rows(database: Database, turn: str) -> None:
    with database.writing() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == 0
        head = session.scalars(select(JournalHead)).one()
        assert head.sequence == 0

        head.sequence = 1
        text = {"event": turn, "subject_kind": "test", "data": "", "previous": "", "digest": turn}
        session.add(JournalEntry(sequence=1, at=clock.now(), subject_id=1, **text))

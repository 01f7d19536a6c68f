"""No page changes anything (invariant 2): every table is the same, row for row, after everybody has read everything."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support.world import WALKERS, World
from tests.support.world.visiting import walk_of


@pytest.mark.parametrize("who", WALKERS)
def test_reading_every_page_leaves_every_table_as_it_was(world: World, who: str) -> None:
    walked = walk_of(world, who)
    assert any(each.status == 200 for each in walked.answers)
    assert walked.after == walked.before


def test_a_session_that_reads_cannot_write(world: World) -> None:
    with world.database.reading() as session, pytest.raises(DBAPIError):
        session.execute(text("UPDATE person SET name = 'somebody else'"))
        session.commit()

"""No page changes anything (invariant 2): every table is the same, row for row, after everybody has read everything."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support.world import EVERYBODY, World
from tests.support.world.visiting import Visitor, digests


@pytest.mark.parametrize("who", EVERYBODY)
def test_reading_every_page_leaves_every_table_as_it_was(world: World, who: str) -> None:
    visitor = Visitor(world, who)
    before = digests(world.database)
    assert any(each.status == 200 for each in visitor.walk())
    assert digests(world.database) == before


def test_a_session_that_reads_cannot_write(world: World) -> None:
    with world.database.reading() as session, pytest.raises(DBAPIError):
        session.execute(text("UPDATE person SET name = 'somebody else'"))
        session.commit()

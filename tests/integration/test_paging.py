"""Lists are read page by page, and counted no further than need be (invariant 10)."""

import pytest
from sqlalchemy import event, select

from portal.accounts.models import Person
from portal.db import Database
from portal.web import paging
from tests.support import make


@pytest.fixture
def _five(database: Database) -> None:
    with database.writing() as session:
        for _ in range(5):
            make.person(session)


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize(("stops_at", "total", "more"), [(3, 3, True), (5, 5, False), (1_000, 5, False)])
def test_a_count_stops(
    database: Database, monkeypatch: pytest.MonkeyPatch, stops_at: int, total: int, more: bool
) -> None:
    monkeypatch.setattr(paging, "COUNT_STOPS_AT", stops_at)
    seen: list[str] = []
    engine = database.reading_engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    with database.reading() as session:
        page: paging.Page[Person] = paging.page_of(session, select(Person).order_by(Person.id), number=2, size=2)
    assert (len(page.items), page.total, page.more) == (2, total, more)
    assert all("LIMIT" in statement for statement in seen if statement.startswith("SELECT")), (
        "the database itself counts and reads no further"
    )

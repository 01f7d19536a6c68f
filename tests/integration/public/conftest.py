"""The public pages on a region with one council, and a way to count what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from portal.db import Database


@pytest.fixture
def statements(app: Flask) -> Callable[[], object]:
    """`with statements() as seen:` gathers every statement the app sends while it reads."""
    database: Database = app.extensions["database"]

    @contextmanager
    def listening() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(database.reading_engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(database.reading_engine, "before_cursor_execute", note)

    return listening

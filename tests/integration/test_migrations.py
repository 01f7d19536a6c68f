"""A database made by the migrations is the database the models describe."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from portal.db import Base, Database
from portal.db.shape import compared
from tests.support.app import made_for_tests


def upgrade(app: Flask) -> Database:
    result = app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert result.exit_code == 0, result.output
    database: Database = app.extensions["database"]
    return database


def test_the_migrations_make_what_the_models_say(bare_database_address: str, tmp_path: Path) -> None:
    with made_for_tests(bare_database_address, tmp_path) as app:
        with upgrade(app).engine.connect() as connection:
            missing = compare_metadata(
                MigrationContext.configure(connection, opts={"include_object": compared}), Base.metadata
            )
        assert missing == [], 'Write it down with: make migration MESSAGE="..."'


def test_upgrading_twice_changes_nothing(bare_database_address: str, tmp_path: Path) -> None:
    with made_for_tests(bare_database_address, tmp_path) as app:
        tables = [sorted(inspect(upgrade(app).engine).get_table_names()) for _ in range(2)]
    assert tables[0] == tables[1]

"""A database made by the migrations is the database the models describe."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, select
from sqlalchemy.exc import IntegrityError

from portal.business_cases.models import BusinessCase, CaseSection
from portal.business_cases.pathway import SectionKey
from portal.db import Base, Database, clock
from portal.db.shape import compared
from tests.support import make
from tests.support.app import made_for_tests

SETTINGS = Path(__file__).parents[2] / "alembic.ini"


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


def test_a_table_that_others_point_to_is_made_anew_with_its_rows(bare_database_address: str, tmp_path: Path) -> None:
    """SQLite drops the old table on the way, and may not while rows of others point to it."""
    with made_for_tests(bare_database_address, tmp_path) as app:
        database = upgrade(app)
        with database.writing() as session:
            challenge, now = make.challenge(session), clock.now()
            case = BusinessCase(challenge_id=challenge.id, begun_at=now, state="draft", state_since=now)
            case.sections = [CaseSection(key=SectionKey.STRATEGIC, text="Why it is needed.")]
            session.add(case)
        settings = Config(SETTINGS)
        settings.attributes["database"] = database
        command.downgrade(settings, "0013")
        upgrade(app)
        with database.session(writing=True) as session:
            assert session.scalars(select(CaseSection.text).join(BusinessCase)).all() == ["Why it is needed."]
            session.add(CaseSection(case_id=999, key=SectionKey.ECONOMIC, text="Of no case."))
            with pytest.raises(IntegrityError):
                session.flush()


WORD = re.compile(r"'(\w+)'")


def test_the_checks_of_a_table_know_every_word_the_models_do(bare_database_address: str, tmp_path: Path) -> None:
    """Alembic compares no CHECKs: a value that a migration forgot is found by nobody until somebody needs it."""
    forgotten = []
    with made_for_tests(bare_database_address, tmp_path) as app:
        kept = inspect(upgrade(app).engine)
        for table in Base.metadata.sorted_tables:
            checks = (each for each in table.constraints if isinstance(each, CheckConstraint))
            wanted = " ".join(str(each.sqltext.compile(compile_kwargs={"literal_binds": True})) for each in checks)
            known = " ".join(each["sqltext"] for each in kept.get_check_constraints(table.name))
            missing = set(WORD.findall(wanted)) - set(WORD.findall(known))
            forgotten += [f"{table.name}: {each}" for each in sorted(missing)]
    assert forgotten == []

"""The journal's table and its head; triggers on both databases refuse to change or delete an entry."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class JournalEntry(Base):
    """One thing that was done, chained to the one before by its digest."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject", "subject_kind", "subject_id"),)

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    event: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    challenge_id: Mapped[int | None] = mapped_column(index=True)
    data: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class JournalHead(Base):
    """The last entry's number and digest, in one row that every writer locks last."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
           BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
        """CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
           BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
        """CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry
           FOR EACH ROW EXECUTE FUNCTION journal_append_only()""",
    ),
}
"""The statements that make the table append-only, for `create_all` here and for the migration."""


@event.listens_for(JournalEntry.__table__, "after_create")
def _protect(target: Any, connection: Any, **_: Any) -> None:
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@event.listens_for(JournalHead.__table__, "after_create")
def _begin(target: Any, connection: Any, **_: Any) -> None:
    connection.execute(target.insert().values(id=1, sequence=0, digest="0" * 64))

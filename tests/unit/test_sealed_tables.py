"""Who may touch the sealed tables, read from the source: only the ORM, and the seal is lifted in few places."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.responses.seal import SEALED

PORTAL = Path(__file__).parents[2] / "portal"
MODELS = {model.__name__ for model in SEALED}
TABLES = re.compile(r"\b(?:" + "|".join(sorted(model.__tablename__ for model in SEALED)) + r")\b", re.IGNORECASE)
RAW = {"text", "exec_driver_sql", "table", "literal_column", "DDL"}

LIFTS = {
    "portal/responses/effects.py:_people_in",
    "portal/responses/idle.py:idle_drafts",
    "portal/responses/queries.py:nobody_answered",
    "portal/responses/receipts.py:copy_stands",
    "portal/responses/received.py:not_here",
    "portal/responses/withdrawals.py:withdrawn_for",
    "portal/responses/services/consortium.py:accept_invitation",
    "portal/responses/services/consortium.py:decline_invitation",
    "portal/responses/services/consortium.py:invitation",
    "portal/responses/services/opening.py:_answers_here",
    "portal/responses/services/opening.py:_open_each",
}
"""Every function that lifts the seal. Each shows nothing to anybody, or only to whom it concerns."""


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PORTAL.rglob("*.py")):
        yield str(path.relative_to(PORTAL.parent)), ast.parse(path.read_text())


def _faults(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "__table__"
            and ast.unparse(node.value).split(".")[-1] in MODELS
        ):
            yield f"line {node.lineno}: the table behind {ast.unparse(node.value)}"
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"tables", "sorted_tables"}
            and "metadata" in ast.unparse(node)
        ):
            yield f"line {node.lineno}: tables by their names"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            if called in RAW and TABLES.search(" ".join(ast.unparse(each) for each in node.args)):
                yield f"line {node.lineno}: raw SQL on a sealed table"
            if called == "connection" and not node.args and "session" in ast.unparse(node.func):
                yield f"line {node.lineno}: a connection without the session's seal"


def test_the_sealed_tables_are_read_through_the_orm_only() -> None:
    found = {path: list(_faults(tree)) for path, tree in _sources() if path != "portal/responses/seal.py"}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "source",
    [
        "session.execute(text('select * from response'))",
        "connection.exec_driver_sql('SELECT content FROM snapshot')",
        "select(models.Response.__table__.c.id)",
        "select(Base.metadata.tables['response'])",
        "session.connection().execute(statement)",
    ],
)
def test_the_reading_would_notice(source: str) -> None:
    assert list(_faults(ast.parse(source)))


def _lifts(path: str, tree: ast.Module) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node).split(".")[-1] == "lifted"
            for node in ast.walk(function)
        ):
            yield f"{path}:{function.name}"


def test_the_seal_is_lifted_only_where_it_is_known() -> None:
    found = {each for path, tree in _sources() if path != "portal/responses/seal.py" for each in _lifts(path, tree)}
    assert found == LIFTS

"""Rules of the house that no type and no contract holds, read from the source. Each exception has its reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import portal.models  # noqa: F401  (names every table)
from portal.db.base import Base, Stateful

ROOT = Path(__file__).parents[2]
SOURCES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in sorted((ROOT / "portal").rglob("*.py"))
}
TEMPLATES = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.is_file()
}

STATE_IS_SET_IN = {"portal/workflow/steps.py": "fire"}
TIME_IS_TOLD_IN = {
    "portal/db/clock.py": "the one clock",
    "portal/files/objects.py": "the age of what the store holds, by the store's own clock",
    "portal/files/store.py": "the same, for files on a disk",
}
MARKUP_IS_MADE_IN = {
    "portal/challenges/brief_view.py": "what bleach cleaned when it was published",
    "portal/pathways/views.py": "a drawing made from the definition of the pathway",
    "portal/web/kept.py": "a part of a page as its template escaped it",
    "portal/web/stacking.py": "rows of a table as a template escaped them, each cell with the words of its column",
}
SQL_IS_WRITTEN_IN = {
    "portal/business_cases/models/options.py": "the condition of a partial index",
    "portal/challenges/choices.py": "themes and authorities by a loose index scan",
    "portal/challenges/models/searched.py": "the tables of full text search",
    "portal/challenges/search.py": "the operators of full text search",
    "portal/db/database.py": "BEGIN, as SQLite needs it",
    "portal/journal/models.py": "the triggers that guard the journal",
    "portal/web/health.py": "SELECT 1",
}
NOW = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time|utcnow)$")
MAIL_IS_KNOWN_TO = {
    "portal/cli/chores.py": "sends",
    "portal/wiring/pages.py": "sets the mail server up",
}
ONE_DATABASE = {
    "test_locking.py": "SQLite alone lets everybody wait who begins to write",
    "test_query_counts.py": "PostgreSQL alone has plans to keep",
    "test_seal_work.py": "SQLite alone counts its steps",
    "test_submitting.py": "what is no receipt is refused before anything is looked for",
}
"""Tests on one database only, and why."""

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
SQL = re.compile(r"(?:^|\.)(?:exec_driver_sql|literal_column|DDL)$")


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def _sets_state(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            for each in ast.walk(target) if isinstance(target, ast.AST) else ():
                if isinstance(each, ast.Attribute) and each.attr == "state" and isinstance(each.ctx, ast.Store):
                    return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called == "setattr" and len(node.args) > 1 and ast.unparse(node.args[1]) in {"'state'", '"state"'}:
                return True
            if called.endswith(".values") and any(each.arg == "state" for each in node.keywords):
                return True
    return False


def _imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def _imports_sql_text(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sqlalchemy")
        and any(each.name == "text" for each in node.names)
        for node in ast.walk(tree)
    )


def test_a_state_is_set_in_one_place() -> None:
    assert {name for name, tree in SOURCES.items() if _sets_state(tree)} == STATE_IS_SET_IN.keys()


def test_no_other_column_stands_in_for_a_state() -> None:
    """`.state` is what the rule looks for, so every machine's state must be called that."""
    named = {mapper.local_table.name for mapper in Base.registry.mappers if "state" in mapper.columns}  # type: ignore[attr-defined]
    guarded = {mapper.local_table.name for mapper in Base.registry.mappers if issubclass(mapper.class_, Stateful)}  # type: ignore[attr-defined]
    assert named == guarded


def test_time_is_told_by_one_clock() -> None:
    told = {name for name, tree in SOURCES.items() if any(NOW.search(each) for each in _calls(tree))}
    assert told == TIME_IS_TOLD_IN.keys()


def test_no_template_switches_escaping_off() -> None:
    off = re.compile(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b")
    assert [name for name, text in TEMPLATES.items() if off.search(COMMENT.sub("", text))] == []


def test_markup_is_made_in_named_places_only() -> None:
    made = {name for name, tree in SOURCES.items() if any(each.split(".")[-1] == "Markup" for each in _calls(tree))}
    assert made == MARKUP_IS_MADE_IN.keys()


def test_sql_is_written_in_named_places_only() -> None:
    written = {
        name
        for name, tree in SOURCES.items()
        if _imports_sql_text(tree) or any(SQL.search(each) for each in _calls(tree))
    }
    assert written == SQL_IS_WRITTEN_IN.keys()


def test_a_file_has_one_subject() -> None:
    assert [name for name in SOURCES if len((ROOT / name).read_text().splitlines()) > 400] == []


@pytest.mark.parametrize("most", [50])
def test_a_function_does_one_thing(most: int) -> None:
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= most
    ]
    assert long == []


def test_nothing_of_this_machine_is_named() -> None:
    """No path of a developer's machine, and no package registry's host."""
    hosts = re.compile(r"/work/|files\.pythonhosted|pypi\.org|registry\.npmjs|deb\.debian\.org")
    told = {**TEMPLATES, **{name: (ROOT / name).read_text() for name in SOURCES}}
    assert [name for name, text in told.items() if hosts.search(text)] == []


def test_no_request_sends_mail() -> None:
    """Only the worker reaches the mail server; everything else puts a row into the outbox."""
    servers = re.compile(r"^(?:flask_mail|smtplib|aiosmtplib)$")
    sends = {name for name, tree in SOURCES.items() if any(servers.match(each) for each in _imports(tree))}
    assert sends == {"portal/mail/sending.py"}
    uses = {name for name, tree in SOURCES.items() if "portal.mail.sending" in _imports(tree)}
    assert uses == MAIL_IS_KNOWN_TO.keys()


def test_what_touches_data_runs_on_both_databases() -> None:
    """A test that asks for one database by its name is one whose subject is that database."""
    one = re.compile(r"\b(?:sqlite|postgresql)_database: ")
    asked = {path.name for path in (ROOT / "tests" / "integration").rglob("test_*.py") if one.search(path.read_text())}
    assert asked <= ONE_DATABASE.keys()
    assert 'params=["sqlite", POSTGRESQL])\ndef database(' in (ROOT / "tests" / "conftest.py").read_text()

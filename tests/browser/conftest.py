"""Chromium, the portal it visits, and the people who sit in front of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from portal.db import Database
from tests.browser.steps.cast import Cast
from tests.support import quick_passwords
from tests.support.browser import ARGUMENTS, Visits, chromium, violations
from tests.support.clock import TestClock
from tests.support.live_server import served
from tests.support.required import is_missing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """PostgreSQL, unless the test parametrises it: `parametrize("database", ["sqlite"], indirect=True)`."""
    kind = getattr(request, "param", "postgresql")
    found: Database = request.getfixturevalue(f"{kind}_database")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for each process of the test run."""
    executable = chromium()
    if executable is None:
        is_missing("browser", "There is no Chromium here (on Debian: apt install chromium-headless-shell).")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address at which the test's app answers."""
    app.config["WTF_CSRF_ENABLED"] = True
    with served(app) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """Call in another person: a page with cookies of its own.

    Takes what `Browser.new_context` takes, so that `visitor(viewport={"width": 320, "height": 640})` holds a
    phone and `visitor(java_script_enabled=False)` does without. The test fails if a page threw an error, met
    the content security policy or answered 5xx.
    """
    visits = Visits(browser, live_server)
    yield visits.begin
    visits.end()
    assert visits.complaints == []


@pytest.fixture
def cast(app: Flask, database: Database, clock: TestClock, visitor: Callable[..., Page], live_server: str) -> Cast:
    """Calls in people with accounts and roles; see `tests.browser.steps`."""
    return Cast(app, database, clock, visitor, live_server)


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """One person's page; addresses in `page.goto` may begin with a slash."""
    return visitor()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`assert axe(page) == []`: what hinders people, a readable paragraph for each rule broken."""
    return violations


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords.use(monkeypatch)

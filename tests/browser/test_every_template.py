"""Every template, and each with mistakes on it: looked at with axe, and narrow enough for a phone.

A template that nothing here shows fails the build: `gallery` needs a way to it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.gallery import Gallery, Shown, gather
from tests.conftest import RUN_DIRECTORY
from tests.support import databases
from tests.support.app import made_for_tests
from tests.support.browser import violations
from tests.support.live_server import served
from tests.support.world import build

TEMPLATES = Path(__file__).parents[2] / "templates"
PARENT = re.compile(r"\{%-?\s*extends '([^']+)'")
DOCUMENTS = "documents/"
"""What extends these is made into PDF, and never sent to a browser."""
DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=375, height=740)


@pytest.fixture(scope="module")
def gallery(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """Everything the portal shows, from a world of its own."""
    folder = tmp_path_factory.mktemp("gallery")
    template = databases.sqlite_template(pytestconfig.stash[RUN_DIRECTORY])
    with (
        databases.sqlite_copy(template, folder / "portal.sqlite3") as database,
        made_for_tests(database.url.render_as_string(hide_password=False), folder) as app,
    ):
        yield gather(build(app))


def pages() -> dict[str, str]:
    """The source of every template that is a page: it extends another, and no other extends it."""
    sources = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
    parents = {found[1] for text in sources.values() if (found := PARENT.search(text))}
    return {
        name: text
        for name, text in sources.items()
        if (parent := PARENT.search(text)) and name not in parents and not parent[1].startswith(DOCUMENTS)
    }


# One test and not several: with more, each process of a run would gather everything for itself.
def test_every_template_is_shown_and_hinders_nobody(gallery: Gallery, browser: Browser) -> None:
    sources = pages()
    assert sources.keys() - {name for name, _ in gallery.shown} == set(), "shown by nothing"
    forms = {name for name, text in sources.items() if "error_summary" in text}
    assert forms - {name for name, mistakes in gallery.shown if mistakes} == set(), "never shown with mistakes"
    wrong: list[str] = []
    with served(gallery.app) as address:
        page = browser.new_context().new_page()
        for number, shown in enumerate(gallery.shown.values()):
            wrong += faults(page, f"{address}/gallery/{number}", shown)
        page.context.close()
    assert "\n".join(wrong) == ""


def faults(page: Page, path: str, shown: Shown) -> list[str]:
    """What is wrong with a page at a desk and on a phone; its frame is looked at once, without the mistakes."""
    page.route(path, lambda route: route.fulfill(body=shown.html, content_type="text/html"))
    page.set_viewport_size(DESK)
    page.goto(path)
    found = violations(page, "main" if shown.with_mistakes else "html")
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        found.append(f"{width} pixels wide on a phone")
    where = f"{shown.template}{' with mistakes' if shown.with_mistakes else ''} ({shown.came_from})"
    return [f"{where}: {each}" for each in found]

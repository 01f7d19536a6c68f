"""Every template that anybody comes across on a walk is looked at with axe, once for each state it is in."""

from typing import Any

from flask import Flask, template_rendered
from playwright.sync_api import Page

from tests.support.browser import violations

Seen = tuple[str, bool, bool]
_seen: set[Seen] = set()


class Looking:
    """Remembers which template the portal rendered last, and which were looked at by this test process."""

    def __init__(self, app: Flask) -> None:
        self.template = ""
        template_rendered.connect(self._note, app)

    def _note(self, _app: Flask, template: Any, **_context: Any) -> None:
        self.template = template.name or ""

    def at(self, page: Page) -> None:
        """Look at a page unless its template was seen before, with or without errors, on a phone or not.

        Raises:
            AssertionError: something on it hinders people.
        """
        size = page.viewport_size
        state = (self.template, page.locator(".govuk-error-summary").count() > 0, size is None or size["width"] < 600)
        if state in _seen:
            return
        assert violations(page) == [], f"{self.template} at {page.url}"
        _seen.add(state)

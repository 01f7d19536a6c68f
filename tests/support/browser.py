"""Chromium, driven by Playwright, and axe for what a person with a screen reader would meet."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MILLISECONDS_TO_WAIT = 10_000


def chromium() -> str | None:
    """Where Chromium is on this machine; PORTAL_CHROMIUM names another.

    The shell without a browser's own windows comes first: for each person the whole browser draws a window that nobody
    sees, which costs as much as the pages do.
    """
    known = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("PORTAL_CHROMIUM") or next(filter(None, map(shutil.which, known)), None)


class Visits:
    """People at their browsers, and what their pages complained of."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def begin(self, **options: Any) -> Page:
        """A page of another person, who has no cookies yet."""
        context = self.browser.new_context(base_url=self.address, **options)
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("console", self._hear)
        context.on("response", self._see)
        self.contexts.append(context)
        return context.new_page()

    def end(self) -> None:
        """Send everybody home."""
        for context in self.contexts:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def _see(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} from {response.url}")


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe finds wrong with the page as it stands, a readable paragraph for each rule broken.

    `within` names a part of the page where the rest of it has been looked at already.
    """
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "([within, rules]) => axe.run(within, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        [within, RULES],
    )
    return [_paragraph(violation) for violation in found["violations"]]


def _paragraph(violation: dict[str, Any]) -> str:
    places = [f"  {' '.join(map(str, node['target']))}: {node['html']}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *places])

"""A person at their own browser, who reads labels and presses buttons."""

from datetime import date, datetime
from typing import Any

from playwright.sync_api import Locator, Page, expect

from portal.web.filters import LONDON
from tests.browser.steps.looking import Looking

PASSWORD = "a quiet walk along the river"


class Somebody:
    """One person with a page of their own; every page they come to is looked at with axe once."""

    def __init__(self, page: Page, name: str, email: str, looking: Looking) -> None:
        self.page, self.name, self.email = page, name, email
        self.looking = looking

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.get_by_role("main")

    def visits(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.looking.at(self.page)

    def follows(self, text: str, *, exact: bool = False, inside: Locator | None = None) -> None:
        """Click a link."""
        self._clicks((inside or self.page).get_by_role("link", name=text, exact=exact).first)

    def presses(self, text: str, *, exact: bool = False, inside: Locator | None = None) -> None:
        """Press a button; one that is drawn as a button but leads on is one for the person, too."""
        self._clicks((inside or self.main).get_by_role("button", name=text, exact=exact).first)

    def _clicks(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()
        self.looking.at(self.page)

    def writes(self, label: str, text: str, *, inside: Locator | None = None) -> None:
        """Fill in a box."""
        (inside or self.main).get_by_label(label, exact=True).fill(text)

    def chooses(self, question: str, answer: str, *, inside: Locator | None = None) -> None:
        """Answer a question that offers its answers."""
        self.group(question, inside=inside).get_by_label(answer, exact=True).check()

    def picks(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.main.get_by_label(label, exact=True).select_option(label=option)

    def ticks(self, label: str, *, inside: Locator | None = None) -> None:
        """Tick a box."""
        (inside or self.main).get_by_label(label).check()

    def dates(self, question: str, when: date, *, inside: Locator | None = None) -> None:
        """Fill in a date, and the time of a moment."""
        boxes = self.group(question, inside=inside)
        local = when.astimezone(LONDON) if isinstance(when, datetime) else when
        for box, value in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
            boxes.get_by_label(box, exact=True).fill(str(value))
        if isinstance(local, datetime):
            boxes.get_by_label("Time", exact=True).fill(f"{local:%H:%M}")

    def unfolds(self, summary: str, *, inside: Locator | None = None) -> Locator:
        """Open a fold of the page; answers what is inside."""
        fold = (inside or self.main).locator("details", has=self.page.locator("summary", has_text=summary)).first
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        return fold

    def group(self, question: str, *, inside: Locator | None = None) -> Locator:
        """The fields below one question."""
        return (inside or self.main).get_by_role("group", name=question)

    def section(self, name: str) -> Locator:
        """A part of the page with a heading of its own."""
        return self.main.get_by_role("region", name=name)

    def reads(self, *texts: str) -> None:
        """Find every one of these texts on the page."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def reads_nothing_of(self, *texts: str) -> None:
        """Find none of these texts on the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def is_at(self, heading: str) -> None:
        """The page has this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def is_told(self, text: str) -> None:
        """The page says that something was done, or not."""
        expect(self.page.locator(".govuk-notification-banner").first).to_contain_text(text)

    def signs_in(self, password: str = PASSWORD) -> None:
        """Go through the sign-in page."""
        self.visits("/sign-in")
        self.writes("E-mail address", self.email)
        self.writes("Password", password)
        self.presses("Sign in", exact=True)

    def holds(self, cookie: str, address: str) -> None:
        """Be signed in without the page for it."""
        self.page.context.add_cookies([{"name": "portal", "value": cookie, "url": address}])


class Insider(Somebody):
    """Somebody inside a challenge, who goes about it by its own navigation."""

    reference = ""

    @property
    def here(self) -> str:
        """Where the challenge's pages are."""
        return f"/challenges/{self.reference}"

    def goes_to(self, section: str) -> None:
        """Follow one of the links above every page of the challenge."""
        links = self.page.get_by_role("navigation", name="This challenge")
        if not links.count() or f"/{self.reference}/" not in self.page.url:
            self.visits(f"{self.here}/progress")
        self.follows(section, exact=True, inside=links)

    def looks_at_the_move(self, title: str) -> None:
        """Open the page of a move from the progress page."""
        self.goes_to("Progress")
        self.follows(title, exact=True, inside=self.main)

    def makes_the_move(self, title: str, **given: Any) -> None:
        """Make a move alone."""
        self._moves(title, title, given)
        self.is_told(f"Done: {title.lower()}.")

    def agrees_to(self, title: str, **given: Any) -> None:
        """Be the first of two people."""
        self._moves(title, "Agree", given)
        self.is_told("You have agreed. Another person must now make the move.")

    def _moves(self, title: str, button: str, given: dict[str, Any]) -> None:
        self.looks_at_the_move(title)
        if "falls_out" in given:
            self.chooses("Which of the chosen firms falls out?", given["falls_out"])
        if "deadline" in given:
            self.dates("New deadline", given["deadline"])
        if "reason" in given:
            self.writes("Why?", given["reason"])
        self.presses(button, exact=True)

    def misses(self, title: str, *sentences: str) -> None:
        """A move is not possible yet, and its page says all that is missing."""
        self.looks_at_the_move(title)
        self.reads("Still missing:", *sentences)
        expect(self.main.get_by_role("button", name=title, exact=True)).to_have_count(0)

    def is_barred_from(self, title: str, why: str) -> None:
        """A move is somebody else's, whoever's role it is; the progress page says why and leads nowhere."""
        self.goes_to("Progress")
        expect(self.section(title)).to_contain_text(f"Not you: {why}")
        expect(self.main.get_by_role("link", name=title, exact=True)).to_have_count(0)

    def declares_no_interest(self) -> None:
        """Say that nothing ties oneself to any firm."""
        self.visits(f"{self.here}/brief/conflicts")
        self.follows("Declare your own interests")
        self.chooses("Do you, or somebody close to you, have an interest in a firm that might answer?", "No")
        self.presses("Declare")

    def adds_to_the_brief(self, section: str, text: str) -> None:
        """Write one section of the brief."""
        self.goes_to("Brief")
        self.follows(section, exact=True)
        self.writes(section, text)
        self.presses("Save")
        self.is_told(f"Saved: {section}.")

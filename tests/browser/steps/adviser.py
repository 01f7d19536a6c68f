"""The support adviser: gets firms ready to show."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.steps.somebody import Somebody


class Adviser(Somebody):
    """Somebody of a growth hub."""

    def contacts(self, firm: str) -> None:
        """From the desk to a firm's plan; where there is one adviser, the firm is theirs."""
        self.visits("/support")
        self.follows(firm, inside=self.main)
        expect(self.main.get_by_label("Adviser", exact=True).locator("option:checked")).to_have_text(self.name)
        self.presses("Note the first contact")

    def plans(self, needs: str) -> None:
        """What the firm needs before it can show."""
        self.writes("What the firm needs before it can show", needs)
        self.writes("Next step", "A morning at the day centre")
        self.presses("Save plan")
        self.is_told("Plan saved.")

    def records_a_session(self, held_on: date) -> None:
        """A session that took place."""
        fold = self.unfolds("Record a session")
        self.presses("Record session", inside=fold)
        self.reads("There is a problem", "Say who took part.")
        self.dates("Day", held_on, inside=self.unfolds("Record a session"))
        self.writes("Hours", "1.5")
        self.writes("With whom", "Two travellers and their trainer")
        self.writes("What the firm takes away", "The button has to be green.")
        self.presses("Record session")
        self.is_told("Session recorded.")

    def notes_what_the_firm_was_told(self, text: str, told_on: date) -> None:
        """A fact that the other firms do not know yet."""
        fold = self.unfolds("Note something the firm was told")
        self.dates("Day", told_on, inside=fold)
        self.writes("What the firm was told", text)
        self.presses("Note it")
        self.is_told("Noted. All firms must be told before the showcase begins.")

    def says_the_firm_is_ready(self) -> None:
        """It can show."""
        self.presses("Say the firm is ready")

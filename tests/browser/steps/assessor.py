"""An assessor: declares first, scores alone, locks; at the showcase with a telephone in the hand."""

from collections.abc import Mapping, Sequence

from playwright.sync_api import expect

from tests.browser.steps.somebody import Somebody


class Assessor(Somebody):
    """Somebody who judges responses and prototypes."""

    def scores(self, firm: str, *values: int) -> None:
        """Conflict check, one criterion after the other, lock."""
        self.visits("/assessments")
        self.follows(firm, inside=self.main)
        if self.main.get_by_role("heading", name="Before you begin").count():
            self.ticks("I keep what I read to myself")
            self.presses("Continue")
            self.follows(firm, inside=self.main)
        self.is_at("Do you have a conflict of interest?")
        self.presses("I have no conflict: read the response")
        self.follows("Read and score")
        for value in values:
            self.chooses("Your score", str(value))
            self.writes("Why this score", f"What is said here is worth {value}, because of the trial at two stops.")
            self.presses("Save and continue")
        self.presses("Lock your scores")
        self.is_told("Your scores are locked.")

    def declares_for_the_showcase(self) -> None:
        """No interest in any of the firms that will show."""
        self.presses("Declare")
        self.reads("There is a problem", "Say whether you have an interest")
        self.chooses("Do you, or somebody close to you, have an interest in any of these firms?", "No")
        self.presses("Declare")

    def scores_the_prototypes(self, values: Mapping[str, Sequence[int]]) -> None:
        """Every firm in the running order, then lock."""
        self.visits("/home")
        self.follows("Score the prototypes at the showcase")
        self.declares_for_the_showcase()
        for firm, scores in values.items():
            self.follows(firm, inside=self.main)
            marks = self.main.locator("section.app-mark:visible")
            for number, score in enumerate(scores):
                mark = marks.nth(number)
                mark.get_by_role("radio", name=str(score), exact=True).check()
                mark.get_by_role("textbox").fill(f"Seen working, worth {score}.")
            expect(self.page.get_by_role("status").first).to_contain_text("Saved")
            self.presses("All firms")
        self.presses("Lock my scores")
        self.is_told("Your scores are locked. Thank you.")

"""The budget holder: decides on a business case written by somebody else."""

from tests.browser.steps.somebody import Insider


class BudgetHolder(Insider):
    """Somebody who has the money."""

    def returns_the_case(self, section: str, comment: str, reason: str) -> None:
        """A comment beside a section, then back to its authors."""
        self.visits("/home")
        self.follows("Decide on the business case")
        self.follows("Comment on a section")
        self.picks("Section", section)
        self.writes("What should change", comment)
        self.presses("Keep this comment")
        self.follows("Return the case to its authors")
        self.writes("Why?", reason)
        self.presses("Return the business case")
        self.is_told("Done: return the business case.")

    def approves_the_case(self, *texts: str) -> None:
        """Read it, then find the money."""
        self.visits("/home")
        self.follows("Decide on the business case")
        self.reads(*texts)
        self.presses("Approve")
        self.presses("Approve funding")
        self.is_told("Done: approve funding.")

    def does_not_fund_the_case(self, reason: str) -> None:
        """Read it, and end it with a reason."""
        self.visits("/home")
        self.follows("Decide on the business case")
        self.presses("Do not fund")
        self.presses("Decide not to fund")
        self.reads("There is a problem", "Say why.")
        self.writes("Why?", reason)
        self.presses("Decide not to fund")
        self.is_told("Done: decide not to fund.")

"""A showcase guest: comes, sees, says what they think."""

from tests.browser.steps.somebody import PASSWORD, Somebody


class Guest(Somebody):
    """Somebody from outside with an invitation."""

    def accepts(self, path: str) -> None:
        """Follow the invitation, say who one is and choose a password."""
        self.visits(path)
        self.reads("Showcase guest", self.email)
        self.writes("Full name", self.name)
        self.writes("Choose a password", PASSWORD)
        self.presses("Accept and continue")

    def says_what_they_think(self, path: str, firm: str, text: str) -> None:
        """Feedback on one prototype."""
        self.visits(path)
        card = self.main.get_by_role("article").filter(has_text=firm)
        self.unfolds("Say what you think", inside=card)
        self.writes("What did you think?", text, inside=card)
        self.ticks("I want to talk to this firm", inside=card)
        self.presses("Send", inside=card)
        self.is_told("Thank you. The firm can read this.")

"""A firm: finds a challenge, asks, answers once, is told why."""

from pathlib import Path

from tests.browser.steps.somebody import Somebody

PRICE = "What does the price cover, and what could change it?"


class Firm(Somebody):
    """Somebody of a firm; `response` is the reference of what they answer with."""

    response = ""

    def finds(self, title: str) -> None:
        """Look for a challenge in the public list."""
        self.visits("/challenges")
        self.writes("Search", title.split()[0])
        self.presses("Show challenges")
        self.follows(title)
        self.is_at(title)

    def asks(self, question: str) -> None:
        """Ask privately."""
        self.follows("Ask a question privately")
        self.presses("Send the question")
        self.reads("There is a problem", "Write your question.")
        self.writes("Your question", question)
        self.presses("Send the question")
        self.is_told("Your question has been sent.")

    def begins_to_answer(self, reference: str) -> None:
        """From the challenge's page to a draft."""
        self.visits(f"/challenges/{reference}")
        self.presses("Answer this challenge")
        self.presses("Start writing")
        self._is_writing()

    def begins_with_an_address(self, reference: str) -> None:
        """Ask for the link that leads into a response; nothing else is known of them."""
        self.visits(f"/challenges/{reference}")
        self.presses("Answer this challenge")
        self.presses("Send me the link")
        self.reads("There is a problem")
        self.writes("E-mail address", self.email)
        self.presses("Send me the link")
        self.is_told("We have sent you a link.")

    def goes_on_from_the_mail(self, path: str) -> None:
        """Follow the link of the mail, and begin to write."""
        self.visits(path)
        self.reads(self.email)
        self.presses("Continue")
        self.presses("Start writing")
        self._is_writing()

    def _is_writing(self) -> None:
        self.is_at("Your response")
        self.response = self.page.url.rsplit("/", 1)[1].partition("?")[0]

    def says_who_they_are(self, name: str, postcode: str) -> None:
        """What whoever began with an address is asked before they submit."""
        self.follows("Say who you are", inside=self.main)
        self.presses("Save", exact=True)
        self.reads("There is a problem", "Enter the organisation’s name.", "Enter the postcode.")
        self.writes("Name of the organisation", name)
        self.chooses("What kind of organisation is it?", "Sole trader")
        self.writes("Postcode", postcode)
        self.presses("Save", exact=True)
        self.is_told(f"You answer for {name} now.")

    def writes_the_response(self, words: str, price: str) -> None:
        """Every question, one page after the other."""
        self.visits(f"/responses/{self.response}")
        self.follows("Summary")
        while not self.page.url.endswith("/sections/price"):
            self.main.get_by_role("textbox").fill(words)
            self.presses("Save and continue")
        self.writes("Total price, including VAT", price)
        self.writes(PRICE, "Everything until the showcase.")
        self.presses("Save and continue")
        self.is_at("Your response")

    def attaches(self, path: Path) -> None:
        """A file to the draft."""
        self.visits(f"/responses/{self.response}/files")
        self.main.get_by_label("Attach a file", exact=True).set_input_files(path)
        self.presses("Attach", exact=True)

    def submits(self) -> None:
        """Check, declare, submit; a receipt comes back."""
        self.visits(f"/responses/{self.response}")
        self.presses("Check your answers")
        self.presses("Submit this response")
        self.reads("There is a problem", "Tick the box to confirm the declaration.")
        self.ticks("I may answer for this organisation")
        self.presses("Submit this response")
        self.is_at("We have received your response")

    def withdraws(self) -> None:
        """Take it back."""
        self.visits(f"/responses/{self.response}")
        self.follows("Withdraw this response")
        self.presses("Withdraw", exact=True)
        self.is_told("Your response is withdrawn.")

    def reads_the_outcome(self, *texts: str) -> None:
        """From home to the feedback."""
        self.visits("/home")
        self.follows("Read the outcome and your feedback")
        self.reads(*texts)

    def says_what_it_will_show(self, shows: str, once: str, yearly: str) -> None:
        """What, and what it would cost to deploy."""
        self.visits(f"/responses/{self.response}/showcase")
        self.writes("What will be shown", shows)
        self.presses("Save", exact=True)
        self.is_told("Saved.")
        self.unfolds("Add a cost")
        self.presses("Add cost")
        self.reads("There is a problem", "Say what this cost is for.")
        self.writes("What it is for", "Signs and their batteries")
        self.writes("Once", once)
        self.writes("Each year", yearly)
        self.writes("What the figures assume", "Twenty stops.")
        self.presses("Add cost")
        self.is_told("Cost added.")

    def sees_the_partnership(self, *texts: str) -> None:
        """The partnership's page, from home."""
        self.visits("/home")
        self.follows("See your partnership's phase and targets")
        self.reads(*texts)

    def answers_before_the_contract(self, code: str, subcontractor: str) -> None:
        """The four questions, from home; a form sent empty says what is missing and loses nothing."""
        self.visits("/home")
        self.follows("You were chosen: answer four questions before the contract")
        self.writes("Share code", code)
        self.presses("Send", exact=True)
        self.reads("There is a problem", "Say whether a ground applies.", "Say whether it is on the list.")
        self.chooses("Does any ground for exclusion apply?", "No")
        self.chooses("Is the firm on the debarment list?", "No")
        self.chooses("Will anybody else do part of the work?", "Yes")
        first = self.group("Subcontractor 1")
        self.writes("Name", subcontractor, inside=first)
        self.writes("What they do", "Casts the posts", inside=first)
        self.presses("Send", exact=True)
        self.is_told("Your answers have been sent.")

    def asks_for_a_debrief(self, wants: str) -> None:
        """From the outcome to the request."""
        self.visits(f"/responses/{self.response}/feedback")
        self.follows("(debrief)")
        self.presses("Ask for a debrief", exact=True)
        self.reads("There is a problem", "Say what you want to know.")
        self.writes("What do you want to know?", wants)
        self.writes("How and when can we talk?", "By telephone, in the mornings.")
        self.presses("Ask for a debrief", exact=True)
        self.is_told("Your request has been sent.")
        self.reads(wants)

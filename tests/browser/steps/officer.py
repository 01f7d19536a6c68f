"""The procurement officer: keeps it lawful and fair, releases, opens, decides, publishes notices, signs."""

import re
from datetime import date, datetime

from playwright.sync_api import expect

from tests.browser.steps.somebody import Insider


class Officer(Insider):
    """Somebody of procurement."""

    def says_what_it_may_cost(self, estimate: str, *, kind: str = "Services", options: str = "") -> None:
        """What is bought, and the most it could cost."""
        self.goes_to("Brief")
        self.follows("What is bought, and what it may cost")
        self.chooses("What kind of thing may be bought in the end?", kind)
        self.writes("The contract itself", estimate)
        self.writes("Everything you may add later (options)", options)
        self.chooses("These amounts are", "Including VAT")
        self.presses("Save")

    def chooses_the_route(self, release: str, *, reason: str = "", purchase: bool = False) -> None:
        """What the release is in law."""
        self.goes_to("Brief")
        self.follows("How it is released in law")
        self.reads("The estimated value is")
        self.chooses("What is the release in law?", release)
        self.writes("What does the market not offer yet? (market gap)", "Nothing speaks the name of a stop that moved.")
        self.ticks("Anyone may answer (it is advertised)")
        if purchase:
            self.ticks("If it works, we may buy it in quantity under the same contract")
        self.writes("Your reasons", reason)
        self.presses("Save")
        self.is_told("Saved: How it is released in law.")

    def considers_lots(self) -> None:
        """One whole, with the reason."""
        self.goes_to("Brief")
        self.follows("Parts that can be answered by themselves")
        self.chooses("Can firms answer a part of it?", "No, it is one whole")
        self.writes("Why is it one whole?", "The parts only work together.")
        self.presses("Save")

    def sets_the_dates(self, questions_until: datetime, deadline: datetime, *, tender: bool = False) -> None:
        """Until when firms may ask and answer."""
        if tender:
            self.visits(f"{self.here}/tender")
        else:
            self.goes_to("Brief")
        self.follows("Dates", exact=True)
        self.dates("Until when can firms ask questions?", questions_until)
        self.dates("Until when can firms answer? (deadline)", deadline)
        self.presses("Save")
        self.is_told("Saved: Dates.")

    def assesses_conflicts(self) -> None:
        """After everybody has declared."""
        self.visits(f"{self.here}/brief/conflicts")
        self.follows("Write the assessment")
        self.writes("What did the sponsor say about their interests?", "None in any firm in this field.")
        self.writes("Your assessment", "Owner, sponsor and officers declared nothing. Nothing to do.")
        self.presses("Record the assessment")
        self.is_told("The assessment has been recorded.")

    def publishes_the_notice(self, title: str, number: str, at: datetime, *, about: str = "") -> None:
        """Record where it was published, and that conflicts were looked at again; `about` tells apart two of a kind."""
        self.goes_to("Notices")
        item = self.main.get_by_role("listitem").filter(has_text=title).filter(has_text=about)
        self.follows(title, inside=item)
        if self.main.get_by_role("button", name="Mark as checked").count():
            self.presses("Mark as checked")
        if self.main.get_by_role("checkbox").count():
            self.ticks("I looked at the register of interests again")
        self.writes("Its number there", number)
        self.dates("When was it published?", at)
        self.presses("Record as published")
        self.is_told("Recorded as published.")

    def records_that_the_portal_was_away(self, began: datetime, ended: datetime, what: str) -> None:
        """So that everyone gets the time back."""
        self.visits(f"{self.here}/incident")
        self.dates("From", began)
        self.dates("Until", ended)
        self.writes("What happened?", what)
        self.presses("Record", exact=True)
        self.is_told("Now give everyone the time back.")

    def gives_reasons_instead(self, reasons: str) -> None:
        """The one notice that reasons can replace."""
        self.goes_to("Notices")
        self.follows("We are talking to firms", inside=self.main)
        self.writes("Why is no engagement notice published?", reasons)
        self.presses("Keep these reasons")
        self.is_told("The reasons are kept.")

    def previews_the_brief(self, *texts: str) -> None:
        """See it as firms will."""
        self.goes_to("Brief")
        self.follows("See the brief exactly as firms will see it")
        self.reads(*texts)

    def drafts_the_answer(self, question: str, answer: str) -> None:
        """Without the name of whoever asked; somebody else approves it."""
        self.goes_to("Questions")
        self.follows("Answer", inside=self.main)
        self.writes("The question, as everyone will read it", question)
        self.writes("Your answer", answer)
        self.presses("Save and check")
        self.reads(question, answer, "somebody else approves it")

    def publishes_the_answers(self) -> None:
        """All that are approved, to everyone at once."""
        self.goes_to("Questions")
        self.presses("Publish to everyone")
        self.is_told("published. Whoever asked")

    def changes_what_a_solution_must_do(self, texts: str) -> None:
        """Prepare an amendment."""
        self.goes_to("Brief")
        self.follows("Change the brief (amend)")
        self.reads("Nothing is changed yet")
        self.follows("What a solution must do", inside=self.main)
        self.writes("What must a solution do?", texts)
        self.presses("Save")

    def publishes_the_amendment(self, reason: str) -> None:
        """A numbered version, and everyone is told."""
        self.visits(f"{self.here}/amend")
        self.chooses("Is there still enough time to answer?", "Yes, the deadline stays")
        self.writes("Why does the brief change?", reason)
        self.presses("Publish the amendment")

    def opens_the_responses(self) -> None:
        """One of two people."""
        self.goes_to("Responses")
        interest = self.main.get_by_role("checkbox")
        if interest.count():
            self.presses("Open the responses")
            self.reads("There is a problem", "Tick the box if it is true.")
            self.ticks("I have no personal, family or money interest")
        self.presses("Open the responses")

    def finds_eligible(self, *firms: str) -> None:
        """May these be assessed?"""
        for firm in firms:
            self.goes_to("Responses")
            self.follows(firm, inside=self.main)
            self.chooses("May this response be assessed?", "Yes, it is eligible")
            self.presses("Record")
            self.is_told(f"Recorded for {firm}.")

    def explains_the_outreach(self) -> None:
        """Only one firm answered, and that is enough."""
        self.goes_to("Responses")
        self.writes(
            "Why was the outreach enough?", "Advertised for a month; eleven firms of the field were written to."
        )
        self.presses("Record")

    def puts_on_the_panel(self, *names: str) -> None:
        """People of the authority who judge."""
        for name in names:
            self.goes_to_the_panel()
            box = self.main.get_by_label("Add somebody of your authority", exact=True)
            option = box.locator("option", has_text=name)
            box.select_option(value=option.get_attribute("value"))
            self.presses("Add to the panel")
            self.is_told(f"{name} is on the panel.")

    def gives_out_the_responses(self) -> None:
        """Everybody reads every response."""
        self.goes_to_the_panel()
        self.presses("Give out responses")
        self.is_told("given out.")

    def opens_the_scores(self) -> None:
        """All locked sheets together."""
        self.goes_to_the_panel()
        self.presses("Open all scores")
        self.is_told("The scores are open.")

    def moderates(self, firm: str, score: int) -> None:
        """The panel met where its scores lay apart."""
        self.reads("Still to agree")
        self.follows(firm, inside=self.main)
        self.reads("Scores side by side")
        self.chooses("The score the panel agrees on", str(score))
        self.writes("Why", "The trial at two stops is what both of us had read.")
        self.presses("Record the agreement")
        self.is_told(f"{firm}: the panel agreed on {score}")

    def decides_by_the_ranking(self, *firms: str) -> None:
        """An outcome and its feedback for every firm."""
        self.goes_to_the_panel()
        self.follows("Look at the ranking", inside=self.main)
        self.presses("Decide and write to every firm")
        self.presses("Fill in from the ranking")
        for firm in firms:
            self.follows(firm, inside=self.main)
            self.ticks("I have read what the firm will be told")
            self.presses("Save this outcome")
        expect(self.main.get_by_text("Checked", exact=True)).to_have_count(len(firms))

    def goes_to_the_panel(self) -> None:
        """The assessment of the round that is judged: the tender's, where there is one."""
        self.goes_to("Assessment")
        tenders = self.main.get_by_role("link", name="See the assessment of tenders")
        if tenders.count():
            self._clicks(tenders)

    def writes_the_contract(self, firm: str, value: str, payments: tuple[str, ...], first_day: date) -> None:
        """Terms, and phases with targets and payments."""
        self.goes_to("Contracts")
        self.follows(f"Write the contract with {firm}")
        self.writes("Contract reference", "C-2026-118")
        self.writes("What the contract is worth", value)
        self.writes("When and how either side may stop at a gate", "At each gate, with four weeks' notice.")
        self.presses("Save the contract")
        self.is_told("Contract saved. Plan its phases next.")
        for number, payment in enumerate(payments):
            self._plans_a_phase(number, payment, first_day)
        self.reads("The phases are complete.")

    def _plans_a_phase(self, number: int, payment: str, first_day: date) -> None:
        year = first_day.year + number
        self.writes("What is done in this phase", f"Trial {number + 1}")
        self.dates("First day", first_day.replace(year=year))
        self.dates("Last day", first_day.replace(year=year, month=first_day.month + 3))
        self.writes("Paid when it passes its gate", payment)
        target = self.group("Target 1")
        self.writes("What must be reached", "Twenty people travel alone each week", inside=target)
        self.presses("Add this phase")
        self.reads("There is a problem", "Say how this target is measured.")
        self.writes("How it is measured", "Counted by their trainers", inside=self.group("Target 1"))
        self.presses("Add this phase")
        self.is_told("Phase added.")

    def sends_the_summaries(self) -> None:
        """To every assessed firm at the same moment."""
        self.visits(f"{self.here}/award")
        self.follows("Check and send the summaries")
        self.presses("Send")
        self.is_told("Every assessed firm has been sent its summary.")

    def signs(self, on: date) -> None:
        """Record the contract as signed."""
        self.goes_to("Contracts")
        self.follows("Open this partnership")
        self.dates("When was it signed?", on)
        self.presses("Record as signed")
        self.is_told("The contract is recorded as signed. Work can begin.")

    def asks_the_chosen_firms(self) -> None:
        """By hand, where they were chosen before the portal asked by itself."""
        self.visits(f"{self.here}/award")
        button = self.main.get_by_role("button", name=re.compile("^Ask th(is firm|ese firms)$"))
        if button.count():
            self._clicks(button)

    def checks_what_a_firm_said(self, firm: str, *texts: str) -> None:
        """Look the firm up and record that it is in order."""
        self.visits(f"{self.here}/award")
        self.follows(firm, exact=True, inside=self.main)
        self.reads(*texts)
        self.chooses("What did you find?", "It is in order")
        self.presses("Record", exact=True)
        self.reads("There is a problem", "Look it up, then tick the box.")
        self.ticks("I opened the share code")
        self.presses("Record", exact=True)
        self.is_told(f"Recorded: {firm} is in order.")

    def arranges_a_debrief(self, firm: str, when: datetime) -> None:
        """From home to a time."""
        self.visits("/home")
        self.follows("See to a firm's debrief")
        self.follows(firm, exact=True, inside=self.main)
        self.dates("When does it take place?", when)
        self.presses("Tell the firm")
        self.reads("There is a problem", "Say where it takes place, or how the firm joins.")
        self.writes("Where, or how?", "We call you.")
        self.presses("Tell the firm")
        self.is_told("The firm is told when and where.")

"""The challenge owner: has the problem, explores it, asks the question, sees prototypes, asks for the money."""

from datetime import date, datetime

from tests.browser.steps.somebody import Insider

SECTIONS = {
    "The question": "How might we help people with learning disabilities travel alone?",
    "Who is affected": "About 1,200 people who are driven to day centres although they would rather go alone.",
    "How we know": "Nine in ten of the travellers we met had missed a bus because the stop had moved.",
    "What has been tried": "Printed timetables, and an app for everyone that nobody here could read.",
    "How we will know it worked": "Fifty people make a journey alone each week by next spring.",
}


class Owner(Insider):
    """Somebody of the directorate that has the problem."""

    def starts_a_challenge(self, title: str, *, place: str, money_found: bool = False) -> str:
        """Begin; answers the reference."""
        self.visits("/home")
        self.follows("Start a challenge")
        self.presses("Start the challenge")
        self.reads("There is a problem", "Say whether the money has been found", "Give the challenge a title")
        self.chooses("Has the money been found?", "Yes, we know where it comes from" if money_found else "No, not yet")
        self.writes("What is the problem called?", title)
        self.picks("Who has the problem?", place)
        self.writes("Theme", "transport")
        self.presses("Start the challenge")
        self.is_told(f"{title} has begun. Its reference is ")
        self.reference = self.page.url.split("/challenges/")[1].split("/")[0]
        return self.reference

    def explores_the_problem(self, held_on: date) -> None:
        """A session, a need with its evidence, two questions of which one is chosen, a sponsor."""
        self.goes_to("Design thinking")
        self.follows("Add a session")
        self.dates("When was it?", held_on)
        self.writes("Where was it?", "Larkfield day centre")
        self.writes("Who came?", "Four travellers, a trainer and two drivers")
        self.writes("How many people came?", "7")
        self.writes("What did you learn?", "The timetable is not the trouble. A stop that has moved is.")
        self.presses("Save")
        self.follows("Add a user need")
        self.writes("Who has this need?", "People who travel alone")
        self.writes("What do they need?", "To know that the bus will stop where they stand")
        self.writes("How do you know?", "Nine of ten missed a bus in the last month")
        self.presses("Save")
        for question in ("How might we make every stop findable?", SECTIONS["The question"]):
            self.follows("Add a question")
            self.writes("How might we …?", question)
            self.presses("Save")
        self.presses("Choose this question (number 2)")
        self.reads("Chosen")
        self.follows("Name the sponsor")
        self.writes("Name", "Ines Falk")
        self.writes("What they are", "Assistant director, commissioning")
        self.presses("Save")
        self.reads("Ines Falk, Assistant director, commissioning")

    def names_who_supports(self, body: str) -> None:
        """A partner that will help the firms."""
        self.goes_to("Design thinking")
        self.follows("Name other bodies that take part")
        self.picks("Which body?", body)
        self.chooses("What is its part?", "It supports the firms")
        self.presses("Add this body")

    def writes_the_brief(self) -> None:
        """Summary, sections, what a solution must do."""
        self.goes_to("Brief")
        self.follows("Title and summary")
        self.writes("Summary", "A bus ride alone is freedom. We look for ways to make the last hundred metres safe.")
        self.presses("Save")
        for title, text in SECTIONS.items():
            self.adds_to_the_brief(title, text)
        self.follows("What a solution must do")
        self.writes("What must a solution do?", "Work without reading\nWork without a new telephone")
        self.presses("Save")
        self.is_told("Saved: What a solution must do.")

    def offers_the_deal(self, decision_on: date, *, go_on: int = 2, stages: tuple[str, ...] = ()) -> None:
        """What each stage pays and asks."""
        self.goes_to("Brief")
        self.follows("The deal in one box")
        for stage in stages or ("Answering the challenge", "Getting support", "Showing the prototype"):
            group = self.group(stage)
            self.writes("Paid to each firm", "0" if stage.startswith("Answering") else "4,000", inside=group)
            self.writes("Hours of a firm's time", "12", inside=group)
        self.writes("How many firms go on after the first round of judging?", str(go_on))
        self.dates("When do firms hear your decision?", decision_on)
        self.writes("Who keeps the ideas (intellectual property)?", "You keep them; we may use what you make here.")
        self.writes("What happens if no money is found?", "You keep your prototype and what we learnt together.")
        self.presses("Save")
        self.is_told("Saved: The deal in one box.")

    def takes_the_criteria_over(self) -> None:
        """The tender begins with the criteria of the challenge; somebody says that they stay."""
        self.visits(f"{self.here}/tender")
        self.follows("Questions, criteria and scores")
        self.reads("This is for the tender that follows", "These are suggestions to begin with.")
        self.presses("Save", exact=True)
        self.is_told("Saved: Questions, criteria and scores.")

    def shares_out_the_points(self) -> None:
        """Two criteria of the four suggested, 60 and 40 points."""
        self.goes_to("Brief")
        self.follows("Questions, criteria and scores")
        self.presses("Remove criterion 4")
        self.presses("Remove criterion 3")
        self.writes("Points of 100", "60", inside=self.group("Criterion 1"))
        self.writes("Points of 100", "40", inside=self.group("Criterion 2"))
        self.writes("How many people score each answer?", "2")
        self.writes("How far apart may scores be before people meet?", "1")
        self.writes("How many points of 100 must a firm reach to go on?", "50")
        self.presses("Save")
        self.is_told("Saved: Questions, criteria and scores.")

    def plans_the_showcase(self, at: datetime) -> None:
        """Day and place."""
        self.goes_to("Showcase")
        self.follows("Plan the showcase")
        self.dates("Date and start", at)
        self.presses("Save", exact=True)
        self.reads("There is a problem", "Enter a place, or a link to join online.")
        self.writes("Place", "Larkfield day centre, main hall")
        self.writes("Room and access", "Step-free; a hearing loop; sockets along the wall")
        self.presses("Save", exact=True)
        self.is_told("Showcase planned.")

    def names_for_the_panel(self, *emails: str) -> None:
        """Who judges the prototypes."""
        for email in emails:
            self.goes_to("Showcase")
            self.writes("E-mail address of a panel member", email)
            self.presses("Name for the panel")
            self.is_told("Panel member named and told.")

    def invites_a_guest(self, email: str) -> None:
        """Somebody from outside."""
        self.goes_to("Showcase")
        self.writes("E-mail address of a guest", email)
        self.presses("Invite guest")
        self.is_told("Guest invited.")

    def tells_all_firms(self, text: str) -> None:
        """What one was told, all are told."""
        self.goes_to("Support")
        self.reads("Not told to all")
        self.writes("What all firms are told", text)
        self.presses("Tell all supported firms")
        self.is_told("Every supported firm is being told.")

    def says_the_event_was_held(self) -> None:
        """After the day."""
        self.goes_to("Showcase")
        self.presses("Say the event was held")
        self.is_told("Showcase: held.")

    def chooses_what_goes_on(self, *firms: str) -> None:
        """The prototypes for the business case."""
        self.goes_to("Showcase")
        self.presses("Choose what goes on")
        for firm in firms:
            self.chooses("Which firms go on to the business case?", firm)
            self.writes(f"Why {firm}", "It worked for the people who tried it.")
        self.presses("Save the choice")
        self.is_told("Choice saved.")

    def writes_the_business_case(self, amount: str) -> None:
        """Sections, options and money; what the challenge knows is there already."""
        self.goes_to("Business case")
        self.presses("Begin the business case")
        for number in range(5):
            section = self.main.get_by_role("listitem").filter(has_text="To write").first
            if not section.count():
                break
            self._clicks(section.get_by_role("link"))
            box = self.main.get_by_label("Your text", exact=True)
            box.fill(f"{box.input_value()}\nWhat part {number + 1} of this case says, and why.".strip())
            self.presses("Save")
        self._compares_options(amount)
        self._names_a_risk()
        self.follows("Change the amount and where it comes from")
        self.writes("Amount asked for", amount)
        self.chooses("Do the figures in this case include VAT?", "Including VAT")
        self.writes("Where the money comes from", "Adult services, revenue")
        self.writes("Budget code", "AS-4471")
        self.writes(
            "If this does not pay for all of the preferred option: how is the rest found? (optional)",
            "Running it later comes out of what taxis cost now.",
        )
        self.presses("Save")

    def states_that_no_tender_is_out(self) -> None:
        """What the direct pathway asks of its money."""
        self.goes_to("Business case")
        self.follows("Change the amount and where it comes from")
        self.ticks("No tender has been issued for this need")
        self.presses("Save")

    def _names_a_risk(self) -> None:
        self.follows("Add or remove a risk")
        self.reads("No risk has been named yet")
        self.presses("Add", exact=True)
        self.reads("There is a problem", "Say how likely it is", "Say how bad it would be")
        self.writes("What could go wrong", "The signal is too weak at some stops.")
        self.chooses("How likely is it?", "Medium")
        self.chooses("How bad would it be?", "High")
        self.writes("What is done about it, and by whom", "Each stop is tried before it is paid for; transport leads.")
        self.presses("Add", exact=True)
        self.reads("The signal is too weak at some stops.", "Likelihood medium, impact high")
        self.follows("Back to the business case")

    def _compares_options(self, amount: str) -> None:
        self.follows("Add, change or prefer an option")
        nothing = self.main.get_by_role("region").filter(has_text="Do nothing").first
        self.follows("Change", inside=nothing)
        self.writes("What it brings", "Taxis go on costing us what they cost now, and nobody travels alone.")
        self.presses("Save")
        if not self.main.get_by_role("button", name="Prefer this").count():
            self.presses("Add an option")
            self.writes("What could be done", "Signs that speak")
            self.chooses("What sort of option is it?", "Do something new")
            self.writes("Cost once", amount)
            self.writes("Cost each year", "0")
            self.writes("What it brings", "Fifty people travel alone each week.")
            self.presses("Save")
        if self.main.get_by_role("button", name="Prefer this").count():
            self.presses("Prefer this")
        self.presses("Add an option")
        self.writes("What could be done", "A printed timetable in large type")
        self.chooses("What sort of option is it?", "Do the least")
        self.writes("Cost once", "900")
        self.writes("Cost each year", "300")
        self.writes("What it brings", "Some people find their bus.")
        self.presses("Save")
        self.follows("Back to the business case")

    def submits_the_business_case(self) -> None:
        """Check, then submit."""
        self.goes_to("Business case")
        self.presses("Check before you submit")
        self.presses("Submit the business case")
        self.is_told("The business case has been submitted.")

    def answers_the_comment(self, section: str) -> None:
        """A returned case is changed where the comment is."""
        self.goes_to("Business case")
        self.reads("Returned", "1 to answer")
        self.follows(section)
        box = self.main.get_by_label("Your text", exact=True)
        box.fill(f"{box.input_value()}\nRunning it for three years costs £3,000 a year.")
        self.presses("Save")

    def merges_it_with(self, other: str, title: str) -> None:
        """Make one of two challenges that are not released."""
        self.presses("Merge them")
        self.reads("There is a problem", "Choose at least one other challenge")
        self.main.get_by_role("checkbox", name=other).check()
        self.writes("Title of the merged challenge", title)
        self.presses("Merge them")

    def starts_the_phase(self, number: int) -> None:
        """The work begins."""
        self.goes_to("Contracts")
        self.follows("Open this partnership")
        self.presses(f"Start phase {number}")
        self.is_told(f"Phase {number} has started.")

    def approves_the_answer(self, answer: str) -> None:
        """Two people stand behind what every firm relies on."""
        self.goes_to("Questions")
        self.follows("Check and approve", inside=self.main)
        self.reads(answer)
        self.presses("Approve the answer")
        self.is_told("Approved. It goes out with the next batch.")

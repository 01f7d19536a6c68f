"""Challenges that stand somewhere in the middle, for walks of a turn they may take from there."""

from typing import Any

from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.pathway import Pathway
from portal.challenges.queries import round_of
from portal.challenges.services.release import publish_brief
from portal.db import clock
from portal.law.releases import ReleaseKind
from portal.machine import Situation
from portal.organisations.models import Organisation
from portal.partnerships import services as partnering
from portal.policy import CLOCK
from portal.responses.models import Response
from tests.browser.steps.company import DEADLINE, QUESTIONS_UNTIL, Company
from tests.support import make
from tests.support.awarded import Award, scored

PLACES = ("Bright Signs", "Tall Stories", "Third Way")


class Turn(Company):
    """Everybody of a company, in the middle of a challenge; `partnership` is the path of a contract at work."""

    partnership = ""

    def stands_at(self, state: str, pathway: Pathway = Pathway.DIRECT, **fields: Any) -> str:
        """A published challenge at a state; answers its reference."""
        with self.cast.database.writing() as session:
            owner = session.scalars(select(Person).where(Person.email == self.owner.email)).one()
            known: dict[str, Any] = {
                "lead": session.get_one(Organisation, self.council),
                "owner_id": owner.id,
                "pathway": pathway,
                "brief_number": 0,
                "released_at": clock.now(),
            }
            challenge = make.challenge(session, state=state, **(known | fields))
            asked = round_of(session, challenge)
            assert asked is not None
            publish_brief(Situation(session, challenge, CLOCK, clock.now(), {}))
            asked.questions_until, asked.deadline = QUESTIONS_UNTIL, DEADLINE
            self.reference = challenge.reference
        self.cast.sign_in()
        self.cast.gather(self.reference)
        return self.reference

    def was_awarded(self, chosen: int) -> None:
        """Three firms were scored in a first round, and the best of them chosen."""
        self.stands_at("award", release_kind=ReleaseKind.FIRST_ROUND, estimated_pence=30_000_000)
        with self.cast.database.writing() as session:
            make.supplier(session, name=PLACES[2])
            challenge = self.challenge(session)
            asked = round_of(session, challenge, RoundKind.CHALLENGE)
            assert asked is not None
            for number, name in enumerate(PLACES):
                firm = session.scalars(select(Organisation).where(Organisation.name == name)).one()
                state = "chosen" if number < chosen else "not_chosen"
                response = make.response(session, challenge, state=state, organisation=firm)
                scored(session, response, asked, number, number < chosen).sent_at = clock.now()

    def challenge(self, session: Any) -> Challenge:
        """The challenge this is about."""
        found: Challenge = session.scalars(select(Challenge).where(Challenge.reference == self.reference)).one()
        return found

    def works_with_an_option(self) -> None:
        """The first firm's contract offers the option, and both of its phases have passed their gates."""
        self.was_awarded(1)
        with self.cast.database.writing() as session:
            challenge = self.challenge(session)
            challenge.purchase_announced = True
            made = self._award(session, challenge)
            contract = made.contract(session, option=True)
            made.activate(session)
            officer, owner = made.officer(session), made.owner(session)
            partnering.sign(session, officer, contract, clock.now().date())
            for phase in list(contract.phases):
                partnering.start_phase(session, owner, phase)
                partnering.deliver(session, owner, phase, "Shown at the depot.")
                met = {each.number: True for each in phase.targets}
                for person in (owner, officer):
                    partnering.review(session, person, phase, "pass", "Seen by us both.", met)
            self.partnership = f"/partnerships/{contract.reference}"

    def _award(self, session: Any, challenge: Challenge) -> Award:
        found = {each.email: each.id for each in session.scalars(select(Person))}
        theirs = select(Response.id).where(Response.challenge_id == challenge.id).order_by(Response.id)
        return Award(
            challenge.id, found[self.officer.email], found[self.owner.email], list(session.scalars(theirs)), []
        )

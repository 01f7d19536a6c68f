"""A challenge at support that is about to show: two firms ready, their owner, officer and adviser, a guest to come."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.machine import Situation
from portal.policy import CLOCK, Role
from portal.support import effects
from portal.support.queries import plans_of
from portal.workflow import fire
from tests.browser.steps.assessor import Assessor
from tests.browser.steps.cast import Cast
from tests.browser.steps.firm import Firm
from tests.browser.steps.guest import Guest
from tests.browser.steps.officer import Officer
from tests.browser.steps.owner import Owner
from tests.browser.steps.somebody import Somebody
from tests.support import make

MORNING = datetime(2026, 3, 27, 10, tzinfo=UTC)
SHOW_AT = datetime(2026, 4, 16, 9, tzinfo=UTC)
"""10am by London's clocks, which have changed by then."""


class Showing:
    """Everybody, on the morning on which both firms are ready; firms, judges and guest with a telephone."""

    def __init__(self, cast: Cast) -> None:
        cast.clock.set(MORNING)
        self.cast = cast
        with cast.database.writing() as session:
            self._chosen(session)
        meet = cast.meet
        self.owner = meet(Owner, "Olive Owner", (Role.CHALLENGE_OWNER, self.council))
        self.officer = meet(Officer, "Petra Procurement", (Role.PROCUREMENT_OFFICER, self.council))
        self.bright = meet(Firm, "Bryn Bright", (Role.SUPPLIER_ADMINISTRATOR, self.firms[0]), phone=True)
        self.tall = meet(Firm, "Tara Tall", (Role.SUPPLIER_ADMINISTRATOR, self.firms[1]), phone=True)
        self.first = meet(Assessor, "Ada Assessor", (Role.CHALLENGE_OWNER, self.council), phone=True)
        self.second = meet(Assessor, "Sol Assessor", (Role.CHALLENGE_OWNER, self.council), phone=True)
        self.guest = cast.stranger(Guest, "Gus Guest", "gus@elsewhere.example", phone=True)
        self.bright.response, self.tall.response = self.responses
        cast.sign_in()
        cast.gather(self.reference)

    def _chosen(self, session: Session) -> None:
        challenge = make.challenge(session, state="support", title="Buses that wait")
        hub = make.partner(session, name="Growth hub north")
        session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=hub.id, part=Part.SUPPORT))
        session.flush()
        session.refresh(challenge)
        firms = [make.supplier(session, name=name) for name in ("Bright Signs", "Tall Stories")]
        answers = [make.response(session, challenge, state="chosen", organisation=firm) for firm in firms]
        self.reference, self.challenge_id, self.council = challenge.reference, challenge.id, challenge.lead_id
        self.firms: Sequence[int] = [each.id for each in firms]
        self.responses = [each.reference for each in answers]
        effects.make_plans(Situation(session, session.get_one(Challenge, challenge.id), CLOCK, MORNING, {}))
        session.flush()
        adviser = actor_of(session, make.person_as(session, Role.SUPPORT_ADVISER, hub))
        for plan in plans_of(session, challenge):
            plan.needs = "Somebody to try it with."
            fire(session, adviser, plan, "contact")
            fire(session, adviser, plan, "make_ready")

    def place_of(self, firm: Firm) -> str:
        """Where a firm reads and writes what it shows."""
        return f"/responses/{firm.response}/showcase"

    def fits(self, *people: Somebody) -> None:
        """Nobody has to scroll a page sideways on a telephone."""
        for each in people:
            assert each.page.evaluate("document.documentElement.scrollWidth") <= 375, each.page.url

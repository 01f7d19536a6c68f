"""A challenge at award, with scored firms and its people, for tests of notices and partnerships."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.assessment.models import Decision, Outcome, OutcomeFeedback
from portal.challenges.conflicts import CONFIRMED_BEFORE
from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import round_of
from portal.challenges.services import conflicts
from portal.db import clock, guard_state
from portal.exclusions import services as exclusions
from portal.exclusions.queries import checks_of
from portal.exclusions.told import Told
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind, needs_tender_round
from portal.law.thresholds import ContractKind
from portal.machine import Situation
from portal.notices import services as noticing
from portal.notices.duties import Duty, duties_of
from portal.notices.models import Moment
from portal.organisations.models import Organisation
from portal.partnerships import services as partnering
from portal.partnerships.effects import begin_partnerships
from portal.partnerships.models import Partnership
from portal.partnerships.plans import PhasePlan, Terms
from portal.partnerships.queries import deciding_round
from portal.policy import Actor, Role
from portal.responses.models import Response
from portal.workflow import fire
from tests.support import make

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""The award notice of the worked example: eight working days from here end on Thursday 3 December 2026."""

ABOVE, NOTIFIABLE, SMALL, LIGHT_TOUCH = 30_000_000, 5_000_000, 1_000_000, 70_000_000
"""Estimated values in pence, by where they stand for a council buying services (or light touch ones)."""


NOTHING = Told("h4TnV9pQ", ground_applies=False, grounds="", debarred=False)
"""What a firm says of itself that nothing speaks against."""


@dataclass
class Award:
    """Ids of what was made; each method works in the session it is given."""

    challenge_id: int
    officer_id: int
    owner_id: int
    responses: list[int]
    people: list[int]

    def challenge(self, session: Session) -> Challenge:
        return session.get_one(Challenge, self.challenge_id)

    def officer(self, session: Session) -> Actor:
        return actor_of(session, session.get_one(Person, self.officer_id))

    def owner(self, session: Session) -> Actor:
        return actor_of(session, session.get_one(Person, self.owner_id))

    def at(self, session: Session, **given: Any) -> Situation[Challenge]:
        return Situation(session, self.challenge(session), self.officer(session), clock.now(), given)

    def duty(self, session: Session, kind: NoticeKind, moment: Moment = Moment.ACTIVATION) -> Duty:
        """The latest duty of this kind and moment."""
        return [
            each for each in duties_of(session, self.challenge(session)) if (each.kind, each.moment) == (kind, moment)
        ][-1]

    def publish(self, session: Session, kind: NoticeKind, moment: Moment = Moment.ACTIVATION, **ago: float) -> None:
        """Record a notice as published now, or a while ago."""
        when = clock.now() - timedelta(**ago)
        duty = self.duty(session, kind, moment)
        number = f"{len(duties_of(session, self.challenge(session))):03}{duty.number:03}-2026"
        reference = f"{kind.value[2:].zfill(3)[:3]}{number[3:]}"
        if kind.code in CONFIRMED_BEFORE:
            conflicts.confirm(session, self.officer(session), self.challenge(session), kind.code)
        noticing.publish(session, self.officer(session), self.challenge(session), duty, reference, when)

    def contract(self, session: Session, firm: int = 0, *, option: bool = False) -> Partnership:
        """A complete contract with one of the firms, in two phases."""
        terms = Terms("C-2026-7", 4_000_000, "The firm keeps what it makes; we may use it.", "At each gate.")
        if option:
            terms = Terms(
                *(terms.contract_reference, terms.value_pence, terms.ip_terms, terms.gate_break_terms),
                option_offered=True,
                option_level="Nine in ten alerts within five minutes.",
                option_maximum_pence=9_000_000,
                option_expires_on=date(2027, 12, 31),
            )
        response = session.get_one(Response, self.responses[firm])
        made = partnering.prepare(session, self.officer(session), self.challenge(session), response, terms)
        for number in (1, 2):
            starts = date(2027, 1, 4) + timedelta(days=90 * (number - 1))
            plan = PhasePlan(
                f"Part {number}", starts, starts + timedelta(days=80), 2_000_000, (("It works.", "A trial."),)
            )
            partnering.add_phase(session, self.officer(session), made, plan)
        return made

    def signed(self, session: Session, day: date, **options: Any) -> Partnership:
        """The first firm's contract, at work since the day it was signed."""
        made = self.contract(session, **options)
        self.told(session)
        self.activate(session)
        made.signed_on = day
        fire(session, self.officer(session), made, "begin")
        return made

    def told(self, session: Session) -> None:
        """Every chosen firm has said what it is asked before a public contract, and it was found in order."""
        exclusions.ask_chosen(session, self.officer(session), self.challenge(session))
        for check in checks_of(session, self.challenge(session)):
            person = session.get_one(Person, self.people[self.responses.index(check.response_id)])
            exclusions.give(session, actor_of(session, person), check, NOTHING, version=check.version)
            exclusions.accept(session, self.officer(session), check, note="", version=check.version)

    def activate(self, session: Session) -> None:
        """What the pathway's move does, without asking what it requires."""
        challenge = self.challenge(session)
        with guard_state():
            challenge.state, challenge.activated_at = "activated", clock.now()
        session.flush()
        begin_partnerships(self.at(session))


def award(
    session: Session,
    kind: ReleaseKind = ReleaseKind.FIRST_ROUND,
    value: int = ABOVE,
    *,
    contract: ContractKind = ContractKind.SERVICES,
    firms: int = 2,
    chosen: int = 1,
    **fields: Any,
) -> Award:
    """A challenge at award: `firms` were scored, the first `chosen` of them chosen. Each has one person."""
    known: dict[str, Any] = {
        "release_kind": kind,
        "estimated_pence": value,
        "contract_kind": contract,
        "state": "award",
    }
    challenge = make.challenge(session, **(known | fields))
    body = session.get_one(Organisation, challenge.lead_id)
    officer = make.person_as(session, Role.PROCUREMENT_OFFICER, body)
    owner = make.person_as(session, Role.CHALLENGE_OWNER, body)
    if needs_tender_round(kind):
        past = clock.now() - timedelta(days=5)
        make.round_of(session, challenge, kind=RoundKind.TENDER, deadline=past)
    asked = round_of(session, challenge, deciding_round(challenge))
    assert asked is not None
    responses, people = [], []
    for number in range(firms):
        firm = make.supplier(session)
        people.append(make.person_as(session, Role.SUPPLIER_MEMBER, firm).id)
        state = "chosen" if number < chosen else "not_chosen"
        where: dict[str, Any] = {"round_id": asked.id, "lot_id": asked.lots[0].id}
        response = make.response(session, challenge, state=state, organisation=firm, **where)
        responses.append(response.id)
        scored(session, response, asked, number, number < chosen)
    return Award(challenge.id, officer.id, owner.id, responses, people)


def scored(session: Session, response: Response, asked: Round, number: int, is_chosen: bool) -> Outcome:
    """What was decided of a response that came out `number` places below the first."""
    outcome = Outcome(
        response_id=response.id,
        challenge_id=response.challenge_id,
        round_id=asked.id,
        decision=Decision.CHOSEN if is_chosen else Decision.NOT_CHOSEN,
        rank=number + 1,
        total=8_000 - 1_000 * number,
        meets_minimum=True,
        decided_at=clock.now(),
    )
    outcome.feedback = [
        OutcomeFeedback(
            criterion_id=each.id,
            position=each.position,
            score_hundredths=400 - 50 * number,
            text=f"Reason {number} for {each.name}.",
        )
        for each in asked.criteria
    ]
    session.add(outcome)
    session.flush()
    return outcome

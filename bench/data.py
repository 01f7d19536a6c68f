"""A database as large as asked, and in it somebody of every role with something to do."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.assessment.models import Assignment
from portal.challenges.models import Challenge, ChallengeParty, Opening, Part, Round
from portal.challenges.queries import round_of
from portal.db import Database, clock
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.responses.models import Response, ResponseSection
from portal.responses.sections import PRICE, SUMMARY, criterion_key
from portal.showcases.models import ShowcaseEvent
from portal.support.models import SupportPlan
from tests.support import make, many

RESPONSES = 60
PLANS = 20
WORDS = "We have run this for two years with three councils. " * 6


@dataclass(frozen=True, slots=True)
class Site:
    """Whom and what the pages are asked of: people by the name of their role, the rest by reference."""

    people: dict[str, Person]
    released: str
    judged: str
    draft: str


def filled(database: Database, count: int) -> Site:
    """Fill an empty database with `count` released challenges and the scene that the pages need."""
    with database.writing() as session:
        many.released(session, count)
        lead = session.scalars(select(Organisation).where(Organisation.code == "M0")).one()
        released = _newest_open(session)
        judged, officer = _judged(session, lead)
        supported, partner = _supported(session, lead)
        firm = make.supplier(session)
        draft = _draft(session, make.challenge(session, state="open", lead=lead), firm)
        people = {
            "owner": make.person_as(session, Role.CHALLENGE_OWNER, lead),
            "procurement officer": officer,
            "budget holder": make.person_as(session, Role.BUDGET_HOLDER, lead),
            "assessor": _assessor(session, judged),
            "adviser": make.person_as(session, Role.SUPPORT_ADVISER, partner),
            "supplier": make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firm),
            "coordinator": make.person_as(session, Role.COORDINATOR),
            "guest": _guest(session, supported),
            "authority administrator": make.person_as(session, Role.AUTHORITY_ADMINISTRATOR, lead),
        }
        return Site(people, released, judged.reference, draft.reference)


def _newest_open(session: Session) -> str:
    rows = select(Challenge.reference).where(Challenge.state == "open").order_by(Challenge.released_at.desc())
    return session.scalars(rows.limit(1)).one()


def _judged(session: Session, lead: Organisation) -> tuple[Challenge, Person]:
    """A closed challenge whose responses two officers have opened; answers one of the two."""
    challenge = make.challenge(session, state="assessment", lead=lead)
    asked = _round(session, challenge)
    asked.opened_at = clock.now()
    officers = [make.person_as(session, Role.PROCUREMENT_OFFICER, lead) for _ in range(2)]
    session.add_all(Opening(round_id=asked.id, person_id=each.id, at=clock.now()) for each in officers)
    for _ in range(RESPONSES):
        opened = make.response(session, challenge, state="opened")
        make.snapshot(session, opened)
        make.eligible(session, opened)
    return challenge, officers[0]


def _supported(session: Session, lead: Organisation) -> tuple[Challenge, Organisation]:
    """A challenge in support with a plan for each firm that goes on; answers the partner that helps, too."""
    challenge, partner = make.challenge(session, state="support", lead=lead), make.partner(session)
    session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=partner.id, part=Part.SUPPORT))
    for _ in range(PLANS):
        response = make.response(session, challenge, state="chosen")
        plan = SupportPlan(response_id=response.id, challenge_id=challenge.id, made_at=clock.now())
        plan.state, plan.state_since = "to_contact", clock.now()
        session.add(plan)
    session.flush()
    return challenge, partner


def _draft(session: Session, challenge: Challenge, firm: Organisation) -> Response:
    """A response with every section written, ready to be submitted."""
    draft = make.response(session, challenge, organisation=firm, price_pence=1_200_000)
    keys = [PRICE, *(criterion_key(each.id) for each in _round(session, challenge).criteria)]
    session.add_all(ResponseSection(response_id=draft.id, key=key, text=WORDS, saved_at=clock.now()) for key in keys)
    assert SUMMARY not in keys, "the response was made with its summary"
    return draft


def _assessor(session: Session, judged: Challenge) -> Person:
    """Somebody who reads and scores every response of a challenge."""
    person = make.person_as(session, Role.ASSESSOR, judged)
    responses = session.scalars(select(Response).where(Response.challenge_id == judged.id)).all()
    now = clock.now()
    for each in responses:
        sheet = Assignment(challenge_id=judged.id, round_id=each.round_id, response_id=each.id, person_id=person.id)
        sheet.assigned_at, sheet.state, sheet.state_since = now, "assigned", now
        session.add(sheet)
    return person


def _guest(session: Session, challenge: Challenge) -> Person:
    """Somebody who is invited to a challenge's showcase."""
    person = make.person_as(session, Role.SHOWCASE_GUEST, challenge)
    event = ShowcaseEvent(challenge_id=challenge.id, at=clock.now() + timedelta(days=20), place="Town hall")
    event.state, event.state_since = "planned", clock.now()
    session.add(event)
    return person


def _round(session: Session, challenge: Challenge) -> Round:
    found = round_of(session, challenge)
    assert found is not None, "every challenge is made with its round"
    return found

"""A challenge at its business case, the people around it, and a case that is ready to be submitted."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.business_cases import services
from portal.business_cases.models import BusinessCase
from portal.business_cases.pathway import Level, OptionKind, SectionKey
from portal.challenges.models import Challenge
from portal.challenges.pathway import Pathway
from portal.db import Database
from portal.law.money import Vat
from portal.organisations.models import Organisation
from portal.policy import Actor, Role
from tests.support import make

FUNDING = services.Funding(
    amount_pence=60_000_00,
    vat=Vat.INCLUSIVE,
    money_source="Adult services revenue budget",
    budget_code="AS-4410",
    no_tender_statement=True,
)
PILOT = {
    "name": "Talking bus stops",
    "kind": OptionKind.OTHER,
    "one_off_pence": 30_000_00,
    "yearly_pence": 10_000_00,
    "years": 3,
    "brings": "Forty people travel alone.",
}
RISK: dict[str, Any] = {
    "what": "The stops lose their signal.",
    "likelihood": Level.MEDIUM,
    "impact": Level.HIGH,
    "answer": "The supplier tests each stop before it pays; the network team looks after the list.",
}


@dataclass
class Cast:
    """Who is in the story, by id; and the challenge's reference."""

    challenge_id: int
    reference: str
    lead: Organisation
    owner: Person
    budget: Person
    officer: Person


def cast_for(session: Session, pathway: Pathway = Pathway.SHOWCASE, state: str = "business_case") -> Cast:
    lead = make.authority(session)
    challenge = make.challenge(session, lead=lead, pathway=pathway, state=state)
    return Cast(
        challenge.id,
        challenge.reference,
        lead,
        owner=make.person_as(session, Role.CHALLENGE_OWNER, lead),
        budget=make.person_as(session, Role.BUDGET_HOLDER, lead),
        officer=make.person_as(session, Role.PROCUREMENT_OFFICER, lead),
    )


def case_in(session: Session, cast: Cast) -> BusinessCase:
    from portal.business_cases.queries import case_of

    found = case_of(session, session.get_one(Challenge, cast.challenge_id))
    assert found is not None
    return found


def write(session: Session, cast: Cast, funding: services.Funding = FUNDING) -> BusinessCase:
    """A case that can be submitted, written by the owner."""
    owner = acting(session, cast.owner)
    case = services.begin(session, owner, session.get_one(Challenge, cast.challenge_id))
    for key in SectionKey:
        services.save_section(session, owner, case, key, f"The {key.value} words.", 0)
    nothing = case.options[0]
    services.change_option(session, owner, case, nothing, nothing.version, brings="People keep missing buses.")
    services.add_option(session, owner, case, name="Posters", kind=OptionKind.DO_MINIMUM, brings="A little.")
    services.prefer_option(session, owner, case, services.add_option(session, owner, case, **PILOT))
    services.save_money(session, owner, case, funding, case.version)
    services.add_risk(session, owner, case, **RISK)
    return case


def acting(session: Session, person: Person) -> Actor:
    return actor_of(session, person)


def second_decider(database: Database, cast: Cast, from_pence: int) -> int:
    """The authority wants two people from this amount on; answers the second one's key."""
    with database.writing() as session:
        session.get_one(Organisation, cast.lead.id).second_decider_from_pence = from_pence
        return make.person_as(session, Role.BUDGET_HOLDER, cast.lead).id


@pytest.fixture
def cast(database: Database, app: Flask) -> Cast:
    """A showcase challenge that has come to its business case. The app is there for its machines and pages."""
    with database.writing() as session:
        return cast_for(session)


@pytest.fixture
def written(database: Database, cast: Cast) -> Cast:
    with database.writing() as session:
        write(session, cast)
    return cast


@pytest.fixture
def submitted(database: Database, written: Cast) -> Cast:
    with database.writing() as session:
        services.submit(session, acting(session, written.owner), case_in(session, written))
    return written

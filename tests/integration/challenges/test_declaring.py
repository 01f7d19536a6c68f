"""Who is asked to declare interests as soon as a challenge concerns them, by mail and on their home."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.challenges.pathway import Pathway
from portal.challenges.services import bodies, conflicts, declaring, starting
from portal.db import Database, clock
from portal.organisations.models import Organisation
from portal.outbox.models import OutboxMessage
from portal.pathways.showcase import SHOWCASE
from portal.policy import Role
from portal.support.models import SupportPlan
from tests.support import make
from tests.support.page import Page
from tests.support.people import signed_in

ASKED = "Say whether you have an interest"


def asked(database: Database) -> set[int | None]:
    """The people to whom a letter is queued."""
    with database.reading() as session:
        kind = OutboxMessage.kind == "challenges.declare_interests"
        return set(session.scalars(select(OutboxMessage.to_person_id).where(kind)))


@pytest.fixture
def lead(database: Database) -> Organisation:
    with database.writing() as session:
        return make.authority(session)


def somebody(database: Database, role: Role, within: Organisation) -> Person:
    with database.writing() as session:
        return make.person_as(session, role, within)


def test_the_owner_is_asked_when_a_challenge_begins(database: Database, lead: Organisation) -> None:
    officer, owner = (somebody(database, role, lead) for role in (Role.PROCUREMENT_OFFICER, Role.CHALLENGE_OWNER))
    with database.writing() as session:
        actor = actor_of(session, session.get_one(Person, officer.id))
        wanted = starting.NewChallenge(Pathway.SHOWCASE, "Buses", "transport", owner_id=owner.id)
        starting.start(session, actor, session.get_one(Organisation, lead.id), wanted)
    assert asked(database) == {owner.id}


def test_officers_are_asked_once_the_brief_is_written(database: Database, lead: Organisation) -> None:
    officers = [somebody(database, Role.PROCUREMENT_OFFICER, lead) for _ in range(2)]
    assert declaring.officers_asked in SHOWCASE.moves["finish_design_thinking"].effects
    with database.writing() as session:
        challenge = make.challenge(session, state="articulation", lead=session.get_one(Organisation, lead.id))
        first = actor_of(session, session.get_one(Person, officers[0].id))
        conflicts.declare(session, first, challenge, conflicted=False, detail="")
        declaring.ask_officers(session, challenge)
        declaring.ask_officers(session, challenge)
    assert asked(database) == {officers[1].id}
    with database.reading() as session:
        assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_advisers_are_asked_when_their_body_is_named(database: Database, lead: Organisation) -> None:
    with database.writing() as session:
        partner = make.partner(session)
        adviser = make.person_as(session, Role.SUPPORT_ADVISER, partner)
        challenge = make.challenge(session, lead=session.get_one(Organisation, lead.id))
        owner = make.person_as(session, Role.CHALLENGE_OWNER, session.get_one(Organisation, lead.id))
        bodies.add(session, actor_of(session, owner), challenge, partner, Part.SUPPORT)
    assert asked(database) == {adviser.id}


def test_the_sponsor_is_asked_at_their_address(app: Flask, database: Database, lead: Organisation) -> None:
    with database.writing() as session:
        challenge = make.challenge(session, lead=session.get_one(Organisation, lead.id))
        owner = make.person_as(session, Role.CHALLENGE_OWNER, session.get_one(Organisation, lead.id))
        reference = challenge.reference
    client, path = signed_in(app, owner), f"/challenges/{reference}/design/sponsor"
    said = {"name": "Jo Adeyemi", "title": "Director", "version": "1"}
    refused = client.post(path, data=said | {"email": "jo"})
    assert (refused.status_code, "name@example.org" in refused.text) == (422, True)
    assert client.post(path, data=said | {"email": "jo@example.org"}).status_code == 302
    with database.reading() as session:
        queued = session.scalars(select(OutboxMessage)).one()
        assert (queued.kind, queued.to_address) == ("challenges.sponsor_interests", "jo@example.org")
        assert session.scalars(select(Challenge.sponsor_email)).one() == "jo@example.org"


@pytest.mark.parametrize(
    ("role", "state"),
    [(Role.CHALLENGE_OWNER, "design_thinking"), (Role.PROCUREMENT_OFFICER, "articulation"), (Role.SUPPORT_ADVISER, "")],
)
def test_home_asks_until_they_have_declared(
    app: Flask, database: Database, lead: Organisation, role: Role, state: str
) -> None:
    with database.writing() as session:
        body = session.get_one(Organisation, lead.id)
        challenge = make.challenge(session, state=state or "support", lead=body)
        if role is Role.SUPPORT_ADVISER:
            partner = make.partner(session)
            session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=partner.id, part=Part.SUPPORT))
            chosen = make.response(session, challenge, state="chosen")
            plan = SupportPlan(response_id=chosen.id, challenge_id=challenge.id, made_at=clock.now())
            plan.state, plan.state_since = "to_contact", clock.now()
            session.add(plan)
            person = make.person_as(session, role, partner)
        else:
            person = make.person_as(session, role, body)
    client = signed_in(app, person)
    page = client.get("/home").text
    Page(page)
    assert page.count(ASKED) == 1
    path = f"/challenges/{challenge.reference}/brief/conflicts/declare"
    assert path in page
    assert client.post(path, data={"conflicted": "no"}).status_code == 302
    assert ASKED not in client.get("/home").text

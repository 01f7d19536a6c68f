"""Buying together: proposed by one body, accepted or declined by others, begun as a challenge of the lead."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.challenges.models import Challenge, ChallengeParty, Lot, Part
from portal.db import Database
from portal.network.joint.models import JointProposal
from portal.network.needs.models import PlannedNeed, Theme
from portal.network.options import NetworkOption, OptionTrial
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.support import make, networked
from tests.support.mailed import letters
from tests.support.visit import Visit, said


@dataclass
class Scene:
    bodies: list[int]
    at: list[str]
    officers: list[int]
    outsider: int
    needs: list[str]

    def told(self, **more: object) -> dict[str, object]:
        said = {"needs": self.needs, "title": "Paint together", "why": "Half the price.", "lots": "North\n\n South \n"}
        return said | more


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        bodies = [make.authority(session, name=f"{name} Council") for name in ("Lead", "Second", "Third", "Apart")]
        for body in bodies:
            networked.tries(session, body, NetworkOption.SHARED_NEED)
        needs = [networked.need(session, body, theme=Theme.NET_ZERO).reference for body in bodies[:3]]
        officers = [make.person_as(session, Role.PROCUREMENT_OFFICER, body).id for body in bodies]
        at = [f"/organisations/{body.reference}" for body in bodies]
        return Scene([body.id for body in bodies], at, officers[:3], officers[3], needs)


def proposed(database: Database, scene: Scene, visit: Visit) -> str:
    """The part of the address that every body's page of the proposal shares."""
    assert visit(scene.officers[0]).post(f"{scene.at[0]}/joint/new", data=scene.told()).status_code == 302
    with database.reading() as session:
        return f"/joint/{session.scalars(select(JointProposal.reference)).one()}"


def test_it_begins_with_those_who_accepted(app: Flask, database: Database, scene: Scene, visit: Visit) -> None:
    there = proposed(database, scene, visit)
    lead, second, third = (visit(each) for each in scene.officers)
    asked = letters(app, "joint.asked")
    assert [each.path for each in asked] == [f"{scene.at[1]}{there}", f"{scene.at[2]}{there}"]
    assert "Lead Council proposes to buy" in asked[0].text
    early = lead.post(f"{scene.at[0]}{there}/begin")
    assert early.status_code == 409
    assert "At least one other body has accepted." in early.text
    assert second.post(f"{scene.at[1]}{there}/answer", data={"accepts": "yes"}).status_code == 302
    wordless = third.post(f"{scene.at[2]}{there}/answer", data={"accepts": "no", "reason": " "})
    assert wordless.status_code == 422
    assert "Say why you decline." in wordless.text
    third.post(f"{scene.at[2]}{there}/answer", data={"accepts": "no", "reason": "Ours is under contract."})
    page = said(lead, f"{scene.at[0]}{there}")
    assert "Second Council Joins" in page
    assert "Declines: Ours is under contract." in page
    assert second.post(f"{scene.at[1]}{there}/begin").status_code == 403, "the lead's people begin it"
    assert lead.post(f"{scene.at[0]}{there}/begin").status_code == 302
    with database.reading() as session:
        challenge = session.scalars(select(Challenge)).one()
        joint = select(ChallengeParty.organisation_id).where(ChallengeParty.part == Part.JOINT)
        assert session.scalars(joint).all() == [scene.bodies[1]]
        assert (challenge.lead_id, challenge.state, challenge.theme) == (scene.bodies[0], "design_thinking", "net zero")
        assert session.scalars(select(Lot.title).order_by(Lot.number)).all() == ["North", "South"]
        first = f"/challenges/{challenge.reference}/design"
    assert [each.path for each in letters(app, "joint.begun")] == [first], "who joined is led into the challenge"
    assert second.get(first).status_code == 200
    assert letters(app, "joint.begun_without") == [], "who declined has answered"
    assert second.post(f"{scene.at[1]}{there}/answer", data={"accepts": "yes"}).status_code == 409
    assert lead.post(f"{scene.at[0]}{there}/begin").status_code == 409


def test_others_do_not_see_it_and_what_is_not_shared_cannot_be_named(
    database: Database, scene: Scene, visit: Visit
) -> None:
    there = proposed(database, scene, visit)
    assert visit(scene.outsider).get(f"{scene.at[3]}{there}").status_code == 404
    with database.writing() as session:
        secret = networked.need(session, session.get_one(Organisation, scene.bodies[3]), title="Secret", shared=False)
        reference = secret.reference
    answer = visit(scene.officers[0]).post(f"{scene.at[0]}/joint/new", data=scene.told(needs=[reference]))
    assert answer.status_code == 422
    assert "Secret" not in answer.text
    assert visit(scene.officers[0]).get(f"{scene.at[0]}/joint/new?need={reference}").text.count("Secret") == 0
    alone = visit(scene.officers[0]).post(f"{scene.at[0]}/joint/new", data=scene.told(needs=scene.needs[:1]))
    assert alone.status_code == 422
    assert "Choose one of another body as well." in alone.text
    with database.writing() as session:
        session.scalars(select(PlannedNeed).where(PlannedNeed.reference == scene.needs[2])).one().shared_at = None
    assert "Third Council Repainting" not in said(visit(scene.officers[1]), f"{scene.at[1]}{there}")


def test_who_had_not_answered_is_told_that_it_begins_without_them_and_an_answer_is_shown_as_given(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    there = proposed(database, scene, visit)
    lead, second = visit(scene.officers[0]), visit(scene.officers[1])
    second.post(f"{scene.at[1]}{there}/answer", data={"accepts": "no", "reason": "Not this year."})
    assert "Not this year.</textarea>" in second.get(f"{scene.at[1]}{there}").text
    second.post(f"{scene.at[1]}{there}/answer", data={"accepts": "yes"})
    assert re.search(r'checked[^>]*value="yes"|value="yes"[^>]*checked', second.get(f"{scene.at[1]}{there}").text)
    assert lead.post(f"{scene.at[0]}{there}/begin").status_code == 302
    told = letters(app, "joint.begun_without")
    assert [each.path for each in told] == [f"{scene.at[2]}{there}"]
    assert "it begins without you" in told[0].text


def test_home_names_a_proposal_until_it_is_answered_or_the_option_is_off(
    database: Database, scene: Scene, visit: Visit
) -> None:
    there, asks = proposed(database, scene, visit), "Say whether you buy together with another body"
    for number, expected in ((0, 0), (1, 1), (2, 1)):
        assert visit(scene.officers[number]).get("/home").text.count(asks) == expected
    assert f'href="{scene.at[1]}{there}"' in visit(scene.officers[1]).get("/home").text
    visit(scene.officers[1]).post(f"{scene.at[1]}{there}/answer", data={"accepts": "yes"})
    with database.writing() as session:
        session.execute(delete(OptionTrial).where(OptionTrial.organisation_id == scene.bodies[2]))
    for officer in scene.officers:
        assert asks not in said(visit(officer), "/home")


def test_withdrawn_everybody_asked_is_told_and_switched_off_nobody_is(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    there = proposed(database, scene, visit)
    with database.writing() as session:
        session.execute(delete(OptionTrial).where(OptionTrial.organisation_id == scene.bodies[2]))
    assert visit(scene.officers[2]).get(f"{scene.at[2]}{there}").status_code == 404
    assert visit(scene.officers[0]).post(f"{scene.at[0]}{there}/withdraw").status_code == 302
    assert [each.path for each in letters(app, "joint.withdrawn")] == [f"{scene.at[1]}{there}"]
    assert "Withdrawn" in said(visit(scene.officers[1]), f"{scene.at[1]}{there}")


def test_two_officers_begin_it_at_once_and_it_begins_once(database: Database, scene: Scene, visit: Visit) -> None:
    there = proposed(database, scene, visit)
    visit(scene.officers[1]).post(f"{scene.at[1]}{there}/answer", data={"accepts": "yes"})
    clients, start = [visit(scene.officers[0]) for _ in range(2)], Barrier(2)

    def press(number: int) -> int:
        start.wait()
        return clients[number].post(f"{scene.at[0]}{there}/begin").status_code

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(press, (0, 1))) == [302, 409]
    with database.reading() as session:
        assert len(session.scalars(select(Challenge)).all()) == 1

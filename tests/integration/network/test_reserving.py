"""An officer keeps a competition to some firms where the law lets them, and the brief says so."""

from dataclasses import dataclass

import pytest
from sqlalchemy import delete

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges import brief_content, brief_view
from portal.challenges.models import Challenge
from portal.db import Database, clock
from portal.law.reservations import ReservedArea, ReservedFor
from portal.law.thresholds import AuthorityKind
from portal.machine import NotNow, Situation
from portal.network.options import NetworkOption
from portal.network.options.models import OptionTrial
from portal.network.options.services import switch_on
from portal.network.reserving.models import Decision
from portal.network.reserving.queries import choice_for, reservation_of
from portal.network.reserving.requirements import reservation_lawful
from portal.network.reserving.services import decide
from portal.organisations.models import Organisation
from portal.policy import CLOCK, Role
from tests.support import make
from tests.support.visit import Visit, said

OWN = {
    "area": "own",
    "place": "the city of Evenholt",
    "reserved_for": "sme",
    "reason": "Nine small firms of the city offer this; competition is enough.",
}


@dataclass
class Scene:
    challenge: int
    reference: str
    council: int
    officer: int
    owner: int

    @property
    def at(self) -> str:
        return f"/challenges/{self.reference}/reservation"


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        council = make.authority(session, name="Evenholt City Council")
        switch_on(session, CLOCK, council, NetworkOption.INNOVATIVE_PROCUREMENT, aim="Local firms.", measure="Count.")
        challenge = make.challenge(session, state="articulation", lead=council)
        return Scene(
            challenge.id,
            challenge.reference,
            council.id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, council).id,
            make.person_as(session, Role.CHALLENGE_OWNER, council).id,
        )


def test_an_officer_reserves_and_the_brief_says_so(database: Database, scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    assert "Reserve it for some firms" in said(client, f"/challenges/{scene.reference}/brief")
    assert "in force from 4 February 2026" in said(client, scene.at)
    assert client.post(scene.at, data=OWN).status_code == 302
    page = said(client, scene.at)
    assert "Only small and medium-sized firms (SMEs) based or established in the city of Evenholt" in page
    assert "Estimated value with VAT, options and payments on the way: £40,000" in page
    assert "Who may answer This competition is reserved." in said(
        client, f"/challenges/{scene.reference}/brief/preview"
    )
    with database.reading() as session:
        content = brief_content.content_of(session, session.get_one(Challenge, scene.challenge))
        assert brief_view.view_of(content).reserved.startswith("This competition is reserved.")
    assert client.post(f"{scene.at}/take-back").status_code == 302
    assert "Who may answer" not in said(client, f"/challenges/{scene.reference}/brief/preview")
    assert client.post(f"{scene.at}/take-back").status_code == 409


def test_what_is_missing_or_not_open_is_a_sentence_and_what_was_typed_is_kept(scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    answer = client.post(scene.at, data=OWN | {"place": "", "reason": "Because <i>we</i> like it"})
    assert answer.status_code == 422
    assert "Name the area" in answer.text
    assert "Because &lt;i&gt;we&lt;/i&gt; like it" in answer.text
    assert "only where this is so" in client.post(scene.at, data=OWN | {"area": "county"}).text
    nothing = client.post(scene.at, data=OWN | {"area": "anywhere", "reserved_for": "anybody"})
    assert "Otherwise nothing is reserved" in nothing.text
    assert client.post(scene.at, data=OWN | {"area": "ward"}).status_code == 422
    client.post(scene.at, data=OWN)
    assert client.post(scene.at, data=OWN | {"version": "9"}).status_code == 409


def test_a_larger_value_makes_the_release_ask_again(database: Database, scene: Scene, visit: Visit) -> None:
    visit(scene.officer).post(scene.at, data=OWN)
    with database.writing() as session:
        challenge = session.get_one(Challenge, scene.challenge)
        at = Situation(session, challenge, CLOCK, clock.now())
        assert reservation_lawful.check(at) == []
        challenge.option_pence = 300_000_00
        session.flush()
        missing = reservation_lawful.check(at)
        assert isinstance(missing, list)
        assert "public contract" in missing[0]
        assert choice_for(session, challenge).rule is None


def test_a_body_we_are_not_sure_of_says_who_checked(database: Database, scene: Scene, visit: Visit) -> None:
    with database.writing() as session:
        session.get_one(Organisation, scene.council).authority_kind = AuthorityKind.UNIVERSITY
    client = visit(scene.officer)
    assert "We are not sure that this kind of body may do this" in said(client, scene.at)
    kept = {"area": "uk", "reserved_for": "anybody", "reason": "Supply must not fail."}
    assert "Say who checked it" in client.post(scene.at, data=kept).text
    assert client.post(scene.at, data=kept | {"checked": "A. Solicitor, 3 March 2026"}).status_code == 302
    assert "Checked by: A. Solicitor" in said(client, scene.at)


def test_the_service_itself_refuses_what_is_not_open(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        challenge = session.get_one(Challenge, scene.challenge)
        officer = actor_of(session, session.get_one(Person, scene.officer))
        county = Decision(ReservedArea.COUNTY, ReservedFor.ANYBODY, "Wyreshire", "Why not.", "")
        with pytest.raises(NotNow, match="only where this is so"):
            decide(session, officer, challenge, county, None)
        challenge.estimated_pence = None
        session.flush()
        with pytest.raises(NotNow, match="Say first"):
            decide(session, officer, challenge, county, None)
        assert reservation_of(session, challenge) is None


def test_switched_off_it_is_gone_but_what_stands_can_be_taken_back(
    database: Database, scene: Scene, visit: Visit
) -> None:
    officer = visit(scene.officer)
    officer.post(scene.at, data=OWN)
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    assert officer.post(f"{scene.at}/take-back").status_code == 302
    assert officer.get(scene.at).status_code == 404
    assert officer.post(scene.at, data=OWN).status_code == 404
    assert "Reserve it" not in said(officer, f"/challenges/{scene.reference}/brief")


def test_only_officers_reserve(scene: Scene, visit: Visit) -> None:
    assert visit(scene.owner).post(scene.at, data=OWN).status_code == 403
    assert "Reserve it" not in said(visit(scene.owner), f"/challenges/{scene.reference}/brief")

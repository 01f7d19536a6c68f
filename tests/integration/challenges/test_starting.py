"""Beginning a challenge, and making others of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges import parts
from portal.challenges.models import Challenge, EngagementSession, HowMightWe, LinkKind
from portal.challenges.pathway import Pathway
from portal.challenges.services import lineage
from portal.challenges.services.starting import NewChallenge, start
from portal.db import Database
from portal.machine import NotNow
from portal.organisations.models import Directorate, Organisation
from portal.policy import Role
from portal.responses.models import Response
from portal.responses.seal import lifted
from tests.integration.challenges.conftest import NOON, Scene, SceneMaker, save
from tests.support import make
from tests.support.page import Page

ClientOf = Callable[[Person], FlaskClient]


@pytest.mark.parametrize(("pathway", "state"), [("showcase", "design_thinking"), ("direct", "business_case")])
def test_a_challenge_begins_where_its_pathway_does(
    scene: SceneMaker, client_of: ClientOf, database: Database, pathway: str, state: str
) -> None:
    made = scene()
    with database.reading() as session:
        directorate = session.scalars(select(Directorate).order_by(Directorate.id)).first()
        assert directorate is not None
        key = directorate.id
    form = {"pathway": pathway, "title": "Warm homes", "place": f"d{key}", "theme": "Housing"}
    answer = client_of(made.owner).post("/challenges/new", data=form | {"owner": str(made.owner.id)})
    assert answer.status_code == 302
    with database.reading() as session:
        begun = session.scalars(select(Challenge).where(Challenge.title == "Warm homes")).one()
        assert (begun.state, begun.directorate_id, begun.owner_id) == (state, key, made.owner.id)
        assert begun.reference.startswith("EV-2026-")
        assert parts.read(session, begun, "dates") == {"questions_until": None, "deadline": None}


def test_what_is_missing_is_said_and_what_was_typed_is_kept(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    answer = client_of(made.owner).post("/challenges/new", data={"title": "Warm homes", "place": "", "owner": "0"})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.faults() == []
    assert page.by_id("title").get("value") == "Warm homes"
    assert "Say whether the money has been found" in answer.text


def test_nobody_begins_a_challenge_in_another_authority(
    scene: SceneMaker, client_of: ClientOf, database: Database
) -> None:
    made = scene()
    with database.writing() as session:
        other = make.authority(session)
    form = {"pathway": "direct", "title": "Warm homes", "place": f"o{other.id}", "owner": "0"}
    assert client_of(made.owner).post("/challenges/new", data=form).status_code == 422


def test_references_are_unique_when_several_begin_at_once(database: Database) -> None:
    with database.writing() as session:
        lead = make.authority(session, code="EV")
        owner = make.person_as(session, Role.CHALLENGE_OWNER, lead)

    def begin(number: int) -> str:
        from portal.accounts.identity import actor_of

        with database.writing() as session:
            body = session.get_one(Organisation, lead.id)
            wanted = NewChallenge(Pathway.SHOWCASE, f"Challenge {number}", "")
            return start(session, actor_of(session, owner), body, wanted).reference

    with ThreadPoolExecutor(6) as crowd:
        references = list(crowd.map(begin, range(12)))
    assert sorted(references) == [f"EV-2026-{number:03}" for number in range(1, 13)]


def _filled(made: Scene) -> None:
    with made.database.writing() as session:
        fields = {"place": "Library", "who_came": "Six", "people_count": 6, "learnt": "Much"}
        session.add(EngagementSession(challenge_id=made.challenge_id, held_on=date(2026, 1, 1), **fields))
        session.add(HowMightWe(challenge_id=made.challenge_id, text="How might we?", chosen_at=NOON))
        save(session, made, "section.evidence", {"source": "We counted.", "format": "markdown"})
        save(session, made, "must_haves", {"texts": ["It is warm."]})


def test_a_copy_takes_what_was_written_and_is_linked_both_ways(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    _filled(made)
    client = client_of(made.owner)
    answer = client.post(f"/challenges/{made.reference}/copy", data={"copy-title": "Warmer homes"})
    assert answer.status_code == 302
    with made.database.reading() as session:
        later = session.scalars(select(Challenge).where(Challenge.title == "Warmer homes")).one()
        assert parts.read(session, later, "section.evidence")["source"] == "We counted."
        assert parts.read(session, later, "must_haves") == {"texts": ["It is warm."]}
        assert parts.read(session, later, "criteria")["criteria"][0]["name"] == "Fit with the need"
        assert later.state == "design_thinking"
        reference = later.reference
    assert reference in client.get(f"/challenges/{made.reference}/again").text
    assert made.reference in client.get(f"/challenges/{reference}/again").text


def test_run_again_after_an_end_carries_no_responses(scene: SceneMaker) -> None:
    made = scene("no_solution")
    with made.database.writing() as session:
        make.response(session, made.challenge(session), state="not_chosen")
        later = lineage.copy(session, made.actor(session, made.owner), made.challenge(session), "Once more")
        session.flush()
        assert [(kind, is_later) for kind, is_later, _ in lineage.links_of(session, later)] == [
            (LinkKind.RUN_AGAIN, False)
        ]
        with lifted(session):
            assert session.scalars(select(Response.challenge_id)).all() == [made.challenge_id]


def test_a_split_makes_one_for_each_title(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    _filled(made)
    form = {"first": "Warm homes", "second": "Dry homes", "third": ""}
    assert client_of(made.owner).post(f"/challenges/{made.reference}/split", data=form).status_code == 302
    with made.database.reading() as session:
        links = lineage.links_of(session, made.challenge(session))
    assert [(kind, later, other.title) for kind, later, other in links] == [
        (LinkKind.SPLIT, True, "Warm homes"),
        (LinkKind.SPLIT, True, "Dry homes"),
    ]


def test_a_merge_loses_nothing_of_either(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    _filled(made)
    with made.database.writing() as session:
        lead = session.get_one(Organisation, made.challenge(session).lead_id)
        other = make.challenge(session, lead=lead, state="articulation", title="Dry homes")
        parts.write(session, other, "section.evidence", {"source": "We measured.", "format": "markdown"})
        session.add(HowMightWe(challenge_id=other.id, text="How might we dry?", chosen_at=NOON))
        other_id = other.id
    form: dict[str, Any] = {"merge-others": [str(other_id)], "merge-title": "Warm and dry"}
    assert client_of(made.owner).post(f"/challenges/{made.reference}/merge", data=form).status_code == 302
    with made.database.reading() as session:
        merged = session.scalars(select(Challenge).where(Challenge.title == "Warm and dry")).one()
        source = parts.read(session, merged, "section.evidence")["source"]
        asked = select(HowMightWe).where(HowMightWe.challenge_id == merged.id).order_by(HowMightWe.id)
        questions = session.scalars(asked).all()
        came_from = {other.id for _, later, other in lineage.links_of(session, merged) if not later}
    assert source == "We counted.\n\nWe measured."
    assert [bool(question.chosen_at) for question in questions] == [True, False]
    assert came_from == {made.challenge_id, other_id}


@pytest.mark.parametrize("state", ["open", "assessment", "support", "award"])
def test_nothing_is_made_of_a_challenge_that_firms_are_in(scene: SceneMaker, client_of: ClientOf, state: str) -> None:
    made = scene(state)
    with made.database.writing() as session, pytest.raises(NotNow):
        lineage.copy(session, made.actor(session, made.owner), made.challenge(session), "Again")
    answer = client_of(made.owner).post(f"/challenges/{made.reference}/copy", data={"copy-title": "Again"})
    assert answer.status_code == 409


def test_mistakes_on_the_page_are_said_beside_their_fields(scene: SceneMaker, client_of: ClientOf) -> None:
    made = scene()
    client = client_of(made.owner)
    for act in ("copy", "split", "merge"):
        answer = client.post(f"/challenges/{made.reference}/{act}", data={})
        assert answer.status_code == 422, act
        page = Page(answer.text)
        assert page.all("div", "govuk-error-summary"), act

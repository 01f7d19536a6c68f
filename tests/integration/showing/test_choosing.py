"""Choosing after the showcase: the ranking or a reason decides, and two people agree."""

import pytest
from sqlalchemy.orm import Session

from portal.challenges.queries import round_of
from portal.db import Conflict, Database
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused
from portal.responses.models import Response
from portal.showcases import queries, requirements, services
from portal.workflow import agree, fire
from tests.integration.showing.conftest import Scene
from tests.integration.showing.staged import event_of, score, showing
from tests.integration.showing.test_support import ids, mailed


def judged(session: Session, *, kind: ReleaseKind) -> Scene:
    """Held and locked: Arbor has 60%, Bramble 80%."""
    scene = showing(session, kind=kind)
    score(session, scene, "judge1", (3, 4))
    score(session, scene, "judge2", (3, 4))
    services.move_event(session, scene.actor(session, "owner"), event_of(session, scene), "hold")
    session.flush()
    return scene


def choose(session: Session, scene: Scene, reasons: dict[int, str]) -> None:
    challenge = scene.challenge(session)
    seen = queries.choice_digest(session, challenge)
    services.choose(session, scene.actor(session, "owner"), challenge, seen, reasons)


def test_in_a_competition_the_ranking_decides(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.FIRST_ROUND)
        arbor, bramble = scene.responses
        with pytest.raises(MoveRefused, match="scored more"):
            choose(session, scene, {arbor: "We like them."})
        choose(session, scene, {bramble: ""})
        assert requirements.solution_chosen.check(scene.situation(session)) == []
        choose(session, scene, {bramble: "", arbor: ""})
        assert requirements.solution_chosen.check(scene.situation(session)) == []


def test_in_a_competition_nobody_below_the_minimum_goes_on(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.FIRST_ROUND)
        asked = round_of(session, scene.challenge(session))
        assert asked is not None
        asked.minimum_percent = 70
        arbor, bramble = scene.responses
        with pytest.raises(MoveRefused, match="70%"):
            choose(session, scene, {bramble: "", arbor: ""})


def test_outside_a_competition_a_reason_decides(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.PROTOTYPE)
        arbor, _bramble = scene.responses
        with pytest.raises(MoveRefused, match="Say why Arbor Ltd"):
            choose(session, scene, {arbor: ""})
        choose(session, scene, {arbor: "Residents understood it at once."})
        assert requirements.solution_chosen.check(scene.situation(session)) is True


def test_a_choice_from_a_stale_form_is_a_conflict(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.PROTOTYPE)
        challenge, owner = scene.challenge(session), scene.actor(session, "owner")
        seen = queries.choice_digest(session, challenge)
        services.choose(session, owner, challenge, seen, {scene.responses[0]: "Simple."})
        with pytest.raises(Conflict):
            services.choose(session, owner, challenge, seen, {scene.responses[1]: "Cheap."})


@pytest.mark.parametrize(("first", "second"), [("owner", "officer"), ("officer", "owner")])
def test_choosing_ends_the_others_whoever_of_the_two_makes_the_move(
    database: Database, first: str, second: str
) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.PROTOTYPE)
        challenge = scene.challenge(session)
        arbor, bramble = scene.responses
        choose(session, scene, {arbor: "Residents understood it at once."})
        session.flush()
        agree(session, scene.actor(session, first), challenge, "choose_solution")
        session.flush()
        fire(session, scene.actor(session, second), challenge, "choose_solution")
        session.flush()
        assert session.get_one(Response, arbor).state == "chosen"
        assert session.get_one(Response, bramble).state == "not_chosen"
        assert mailed(session, "showcases.chosen") == ids(scene, "arbor")
        assert mailed(session, "showcases.not_chosen") == ids(scene, "bramble")

"""The adviser's desk: a firm that wrote waits until somebody answered."""

from collections.abc import Callable
from typing import Any

from portal.db import Database
from portal.support import queries, services
from portal.workflow import fire
from tests.integration.showing.conftest import Scene, plans
from tests.integration.support.conftest import firm_plan

Client = Callable[[str], Any]
WROTE = "Wrote to you 27 March 2026, not answered yet: Which colour should it be?"


def _both_under_way(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        for plan in plans(session, scene):
            fire(session, scene.actor(session, "adviser"), plan, "contact")


def _writes(database: Database, scene: Scene, who: str, text: str) -> None:
    with database.writing() as session:
        plan = firm_plan(session, scene, "bramble")
        services.write_note(session, scene.actor(session, who), plan, text, from_firm=who == "bramble")


def test_a_note_stays_on_the_desk_until_it_is_answered(client_of: Client, scene: Scene, database: Database) -> None:
    _both_under_way(database, scene)
    desk = client_of("adviser")
    assert "Note to answer" not in desk.get("/support").get_data(as_text=True)
    _writes(database, scene, "bramble", "Which colour should it be?")
    text = desk.get("/support").get_data(as_text=True)
    assert "Note to answer" in text
    assert WROTE in text
    _writes(database, scene, "owner", "Green.")
    text = desk.get("/support").get_data(as_text=True)
    assert "Note to answer" not in text
    assert WROTE not in text
    _writes(database, scene, "bramble", "Light or dark?")
    assert "Light or dark?" in desk.get("/support").get_data(as_text=True)


def test_a_firm_that_wrote_comes_before_firms_that_can_wait(scene: Scene, database: Database) -> None:
    _both_under_way(database, scene)

    def on_the_desk() -> list[str]:
        with database.reading() as session:
            found = session.scalars(queries.desk(scene.actor(session, "adviser"))).unique()
            return [plan.response.organisation.name for plan in found]

    assert on_the_desk() == ["Arbor Ltd", "Bramble & Co"]
    _writes(database, scene, "bramble", "Which colour should it be?")
    assert on_the_desk() == ["Bramble & Co", "Arbor Ltd"]
    _writes(database, scene, "owner", "Green.")
    assert on_the_desk() == ["Arbor Ltd", "Bramble & Co"]

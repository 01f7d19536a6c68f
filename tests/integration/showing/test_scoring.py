"""The panel of a showcase: who may score, when, and that a locked score never changes."""

import pytest
from sqlalchemy import select

from portal.db import Conflict, Database
from portal.machine import MoveRefused, NotNow
from portal.showcases import queries, requirements, services
from portal.showcases.given import Mark
from portal.showcases.models import PanelScore
from tests.integration.showing.conftest import Scene, appearances, event_in
from tests.integration.showing.staged import event_of, score, seat, showing


def test_nobody_of_a_firm_that_answered_judges(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event, owner = event_in(session, scene), scene.actor(session, "owner")
        said = services.name_panel_member(session, owner, event, scene.people["bramble"].email)
        assert said is not None
        assert "cannot judge" in said
        assert services.name_panel_member(session, owner, event, "nobody@example.org") is not None
        assert queries.seats_of(session, event) == []


def test_nobody_scores_with_a_declared_conflict_or_without_declaring(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine, judge = seat(session, scene, "judge1"), scene.actor(session, "judge1")
        appearance = appearances(session, scene)[0]
        services.declare(session, judge, mine, conflicted=True, detail="My sister works there.")
        session.flush()
        with pytest.raises(NotNow):
            services.save_scores(session, judge, mine, mine.version, appearance, [])
        assert requirements.panel_named.check(scene.situation(session)) == [
            "0 of 2 people without a conflict are named."
        ]


def test_scoring_begins_with_the_event(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session, days=1)
        mine = seat(session, scene, "judge1")
        with pytest.raises(NotNow):
            services.save_scores(
                session, scene.actor(session, "judge1"), mine, mine.version, appearances(session, scene)[0], []
            )


def test_locking_asks_for_every_score_and_a_reason_for_each_firm(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine, judge = seat(session, scene, "judge1"), scene.actor(session, "judge1")
        with pytest.raises(MoveRefused) as refused:
            services.lock_scores(session, judge, mine, mine.version)
        assert len(refused.value.refusal.missing) == 6


def test_locked_scores_never_change(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine = score(session, scene, "judge1", (3, 4))
        with pytest.raises(NotNow):
            services.save_scores(
                session, scene.actor(session, "judge1"), mine, mine.version, appearances(session, scene)[0], []
            )
        with pytest.raises(NotNow):
            services.stand_down(session, scene.actor(session, "owner"), event_of(session, scene), mine.id)


def test_a_second_tab_does_not_overwrite_the_first(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine, judge = seat(session, scene, "judge1"), scene.actor(session, "judge1")
        appearance, began = appearances(session, scene)[0], mine.version
        services.save_scores(session, judge, mine, began, appearance, [])
        session.flush()
        with pytest.raises(Conflict):
            services.save_scores(session, judge, mine, began, appearance, [])


def test_a_score_that_does_not_exist_is_refused(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine = seat(session, scene, "judge1")
        criterion = queries.criteria_of(session, scene.challenge(session))[0]
        with pytest.raises(ValueError, match="no score 6"):
            services.save_scores(
                session,
                scene.actor(session, "judge1"),
                mine,
                mine.version,
                appearances(session, scene)[0],
                [Mark(criterion.id, 6, "")],
            )
        assert session.scalars(select(PanelScore)).all() == []


def test_results_are_seen_only_once_the_whole_panel_has_locked(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        event, at = event_of(session, scene), scene.situation(session)
        score(session, scene, "judge1", (2, 5))
        score(session, scene, "judge2", (3, 4), lock=False)
        assert queries.results_of(session, event) is None
        waited = scene.people["judge2"].name
        assert requirements.panel_locked.check(at) == [f"{waited} has not locked yet."]
        mine = queries.own_seat(session, scene.actor(session, "judge2"), event.reference)
        assert mine is not None
        services.lock_scores(session, scene.actor(session, "judge2"), mine, mine.version)
        session.flush()
        results = queries.results_of(session, event)
        assert results is not None
        assert [(r.appearance.response.organisation.name, r.total.percent, r.total.rank) for r in results] == [
            ("Bramble & Co", 90.0, 1),
            ("Arbor Ltd", 50.0, 2),
        ]
        assert requirements.panel_locked.check(at) is True

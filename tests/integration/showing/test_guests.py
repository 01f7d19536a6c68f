"""Guests of a showcase, firms that leave it, and the words of its mails."""

import pytest
from sqlalchemy import select

from portal.db import Database
from portal.machine import NotNow
from portal.outbox import OutboxMessage
from portal.outbox.messages import worded
from portal.showcases import queries, requirements, services
from portal.workflow import fire
from tests.integration.showing.conftest import Scene, appearances, event_in, plans
from tests.integration.showing.staged import event_of, showing
from tests.integration.showing.test_support import ids


def test_a_guest_says_what_they_think_and_the_firm_hears_who_wants_to_talk(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        event, guest = event_of(session, scene), scene.actor(session, "guest")
        arbor, bramble = appearances(session, scene)
        services.give_feedback(session, guest, event, arbor, text="Clever.", wants_to_talk=False)
        services.give_feedback(session, guest, event, bramble, text="", wants_to_talk=True)
        services.give_feedback(session, guest, event, bramble, text="Call me.", wants_to_talk=True)
        said = queries.feedback_on(session, [arbor, bramble])
        assert [(each.text, each.name) for each in said[arbor.id]] == [("Clever.", None)]
        assert [(each.text, each.name) for each in said[bramble.id]] == [("Call me.", scene.people["guest"].name)]
        queued = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "showcases.wants_to_talk")).all()
        assert [each.to_person_id for each in queued] == list(ids(scene, "bramble"))


def test_guests_speak_only_of_what_they_have_seen(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session, days=1)
        with pytest.raises(NotNow):
            services.give_feedback(
                session,
                scene.actor(session, "guest"),
                event_of(session, scene),
                appearances(session, scene)[0],
                text="Nice.",
                wants_to_talk=False,
            )


def test_a_guest_is_invited_once_and_finds_only_their_own_event(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event, owner = event_in(session, scene), scene.actor(session, "owner")
        assert services.invite_guest(session, owner, event, "a@example.org") is True
        assert services.invite_guest(session, owner, event, "A@example.org") is False
        assert requirements.guests_invited.check(scene.situation(session)) is True
        other = showing(session)
        assert queries.event_for_guest(session, scene.actor(session, "guest"), event.reference) is not None
        stranger = event_of(session, other).reference
        assert queries.event_for_guest(session, scene.actor(session, "guest"), stranger) is None


def test_a_firm_that_leaves_is_no_longer_in_the_running_order(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event_in(session, scene)
        fire(session, scene.actor(session, "owner"), plans(session, scene)[0], "put_out", reason="Not ready.")
        assert [each.response.organisation.name for each in appearances(session, scene)] == ["Bramble & Co"]


def test_every_mail_of_a_showcase_has_its_words(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        event, appearance = event_of(session, scene), appearances(session, scene)[0]
        for kind in ("planned", "changed", "cancelled"):
            mail = worded(session, f"showcases.{kind}", {"event_id": event.id, "path": "/here"})
            assert mail is not None
            assert mail.path == "/here"
        for kind, known in {
            "panel": {"event_id": event.id},
            "guest": {"event_id": event.id},
            "wants_to_talk": {"appearance_id": appearance.id},
            "chosen": {"response_id": appearance.response_id},
            "not_chosen": {"response_id": appearance.response_id},
        }.items():
            mail = worded(session, f"showcases.{kind}", known)
            assert mail is not None
            assert mail.path.startswith("/")
            assert "{" not in mail.path + mail.subject

"""The equal-access ledger: what begins no showcase while it is uneven, and facts that go to all."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.db import Database, clock
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused
from portal.outbox import OutboxMessage
from portal.support import effects, queries, requirements, services
from portal.workflow import fire
from tests.integration.showing.conftest import Scene, build, with_plans
from tests.integration.support.conftest import firm_plan, offer, offer_room


def test_the_showcase_does_not_begin_while_one_firm_was_offered_too_little(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        at = scene.situation(session)
        assert requirements.support_even.check(at) == []
        arbor, actor = firm_plan(session, scene, "arbor"), scene.actor(session, "arbor")
        for slot in offer(session, scene, count=3):
            services.book(session, actor, arbor, slot.id)
        assert requirements.support_even.check(at) == [
            "Time with people: Bramble & Co was offered no time, and Arbor Ltd 3 hours. Offer Bramble & Co 1 hour more."
        ]
        owner = scene.actor(session, "owner")
        with pytest.raises(MoveRefused) as refused:
            fire(session, owner, at.subject, "begin_showcase")
        unmet = next(
            each for each in refused.value.refusal.missing if each.sentence == requirements.support_even.sentence
        )
        assert (unmet.link, len(unmet.details)) == ("support.plans#ledger", 1)
        offer(session, scene, days=6, to=firm_plan(session, scene, "bramble"))
        assert requirements.support_even.check(at) == []


def test_a_time_that_passed_unbooked_was_declined_and_one_called_off_was_never_offered(
    database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        bramble = firm_plan(session, scene, "bramble")
        declined, withdrawn = offer(session, scene, count=2, to=bramble)
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        services.call_off(session, owner, challenge, withdrawn, None)
        clock.set_to(declined.starts_at + timedelta(days=1))
        offered = {line.firm: line.people.offered for line in queries.ledger_of(session, challenge)}
        assert offered == {"Arbor Ltd": 0, "Bramble & Co": 60}


def test_what_nobody_had_booked_counts_and_rooms_are_counted_apart(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        arbor, adviser = firm_plan(session, scene, "arbor"), scene.actor(session, "adviser")
        day = date(2026, 3, 26)
        services.record_session(session, adviser, arbor, held_on=day, minutes=90, with_whom="Two", notes="Slower.")
        (room,) = offer_room(session, scene)
        services.book(session, scene.actor(session, "arbor"), arbor, room.id)
        line = queries.ledger_of(session, scene.challenge(session))[0]
        assert (line.people.offered, line.people.taken) == (90, 90)
        assert (line.things.offered, line.things.taken) == (60, 60)


def test_a_firm_that_left_is_not_compared(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        arbor = firm_plan(session, scene, "arbor")
        for slot in offer(session, scene, count=3):
            services.book(session, scene.actor(session, "arbor"), arbor, slot.id)
        services.move_plan(session, scene.actor(session, "owner"), arbor, "put_out", "It cannot be made in time.")
        assert requirements.support_even.check(scene.situation(session)) == []


@pytest.mark.parametrize("kind", [ReleaseKind.ENGAGEMENT, ReleaseKind.PROTOTYPE])
def test_a_fact_published_to_all_reaches_every_firm_and_after_an_engagement_the_public(
    database: Database, kind: ReleaseKind
) -> None:
    with database.writing() as session:
        scene = build(session, kind=kind)
        with_plans(session, scene)
        challenge = scene.challenge(session)
        services.publish_fact(session, scene.actor(session, "owner"), challenge, "There are 400 homes.")
        session.flush()
        for who in ("arbor", "bramble"):
            seen = queries.facts_for(session, firm_plan(session, scene, who))
            assert [fact.public_text for fact in seen] == ["There are 400 homes."]
        mails = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "support.told_to_all"))
        assert {each.to_person_id for each in mails} == {scene.people["arbor"].id, scene.people["bramble"].id}
        assert requirements.facts_told_to_all.check(scene.situation(session)) is True
        effects.publish_pack(scene.situation(session))
        session.flush()
        public = [fact.text for fact in queries.public_pack(session, challenge)]
        assert public == (["There are 400 homes."] if kind is ReleaseKind.ENGAGEMENT else [])

"""Time on offer: booked, moved, given back and called off; who is told, and who is reminded once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.db import Conflict, Database
from portal.machine import NotAllowed, NotNow
from portal.outbox import OutboxMessage, deliver, worded
from portal.outbox.delivery import Leased
from portal.support import queries, services
from portal.support.models import ResourceKind, Slot, SupportPlan, SupportSession
from tests.integration.showing.conftest import Scene, build
from tests.integration.support.conftest import NOW, firm_plan, offer, offer_room
from tests.support.clock import TestClock


def book(session: Session, scene: Scene, slot: Slot, who: str = "arbor", instead: int | None = None) -> SupportSession:
    plan = firm_plan(session, scene, who)
    return services.book(session, scene.actor(session, who), plan, slot.id, instead)


def free(session: Session, plan: SupportPlan) -> list[int]:
    return [slot.id for slot in session.scalars(queries.free_slots(plan)).unique()]


def mailed(session: Session, kind: str) -> list[int | None]:
    session.flush()
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id))
    return [each.to_person_id for each in rows]


def ids(scene: Scene, *names: str) -> list[int]:
    return [scene.people[name].id for name in names]


def test_a_morning_is_offered_in_one_go_and_every_firm_is_told(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        slots = offer(session, scene, count=3, minutes=30)
        begins = [slot.starts_at - slots[0].starts_at for slot in slots]
        assert begins == [timedelta(minutes=30 * number) for number in range(3)]
        assert mailed(session, "support.times_offered") == ids(scene, "arbor", "bramble")
        for who in ("arbor", "bramble"):
            assert free(session, firm_plan(session, scene, who)) == [slot.id for slot in slots]


def test_a_time_for_one_firm_is_seen_and_booked_by_that_firm_alone(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene, to=firm_plan(session, scene, "bramble"))
        assert mailed(session, "support.times_offered") == ids(scene, "bramble")
        assert free(session, firm_plan(session, scene, "arbor")) == []
        with pytest.raises(services.SlotGone, match="not on offer"):
            book(session, scene, slot)
        assert book(session, scene, slot, "bramble").slot_id == slot.id


def test_times_are_offered_a_day_ahead(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        with pytest.raises(NotNow, match="24 hours"):
            offer(session, scene, days=0.9)
        assert offer(session, scene, days=1)


def test_nobody_is_offered_twice_at_once_even_to_two_challenges(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        offer(session, scene, minutes=60, count=2)
        with pytest.raises(NotNow, match="already has a time"):
            offer(session, scene, days=4 + 1.5 / 24)
        assert offer(session, scene, days=4 + 2 / 24), "what follows at once is no overlap"
        other = build(session)
        other.challenge(session).owner_id = scene.people["adviser"].id
        other.people |= {"adviser": scene.people["adviser"]}
        session.flush()
        with pytest.raises(NotNow, match="already has a time"):
            offer(session, other)


def test_rooms_are_booked_as_people_are_and_listed_by_their_own_body(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer_room(session, scene)
        assert book(session, scene, slot).with_whom == "Test room"
        assert mailed(session, "support.booked") == ids(scene, "arbor", "owner")
        challenge = scene.challenge(session)
        with pytest.raises(NotAllowed):
            services.add_resource(
                session,
                scene.actor(session, "adviser"),
                challenge,
                body_id=challenge.lead_id,
                kind=ResourceKind.EQUIPMENT,
                name="A printer",
                place="",
            )


def test_booking_tells_both_sides_and_takes_the_time_from_the_others(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        booked = book(session, scene, slot)
        assert (booked.held_on, booked.minutes, booked.recorded_at) == (slot.starts_at.date(), 60, None)
        assert mailed(session, "support.booked") == ids(scene, "arbor", "adviser")
        assert free(session, firm_plan(session, scene, "bramble")) == []
        with pytest.raises(services.SlotGone, match="Another firm"):
            book(session, scene, slot, "bramble")


def test_the_database_itself_refuses_a_second_booking(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        book(session, scene, slot)
        key, day = slot.id, slot.starts_at.date()
    with pytest.raises(IntegrityError), database.writing() as session:
        plan = firm_plan(session, scene, "bramble")
        session.add(SupportSession(plan_id=plan.id, slot_id=key, held_on=day, minutes=60, with_whom="Ava"))


def test_a_firm_cannot_be_in_two_places_at_once(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (one,), (two,) = offer(session, scene), offer(session, scene, whose="owner", days=4 + 0.5 / 24)
        book(session, scene, one)
        with pytest.raises(services.SlotGone, match="already meeting"):
            book(session, scene, two)
        assert book(session, scene, two, "bramble").slot_id == two.id


def test_a_firm_moves_its_session_to_another_free_time(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        one, two = offer(session, scene, count=2)
        first = book(session, scene, one)
        second = book(session, scene, two, instead=first.id)
        assert first.cancelled_at == NOW
        assert [each.id for each in queries.coming_of(session, firm_plan(session, scene, "arbor"))] == [second.id]
        assert free(session, firm_plan(session, scene, "bramble")) == [one.id]
        assert mailed(session, "support.moved") == ids(scene, "arbor", "adviser")


def test_a_firm_that_finds_the_new_time_taken_keeps_the_old(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        one, two = offer(session, scene, count=2)
        first = book(session, scene, one)
        book(session, scene, two, "bramble")
        with pytest.raises(services.SlotGone):
            book(session, scene, two, instead=first.id)
        assert first.cancelled_at is None


@pytest.mark.parametrize(("minutes_before", "possible"), [(121, True), (120, False), (-1, False)])
def test_until_two_hours_before_both_sides_cancel(
    database: Database, scene: Scene, clock: TestClock, minutes_before: int, possible: bool
) -> None:
    with database.writing() as session:
        (ours,), (theirs,) = offer(session, scene), offer(session, scene, whose="owner")
        arbor = book(session, scene, ours)
        bramble = book(session, scene, theirs, "bramble")
        clock.set(ours.starts_at - timedelta(minutes=minutes_before))
        actor, plan = scene.actor(session, "arbor"), firm_plan(session, scene, "arbor")
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        if not possible:
            with pytest.raises(NotNow, match="two hours"):
                services.give_back(session, actor, plan, arbor.id)
            with pytest.raises(NotNow, match="two hours"):
                services.call_off(session, owner, challenge, theirs, bramble.id)
            return
        services.give_back(session, actor, plan, arbor.id)
        assert (arbor.let_go, arbor.cancelled_at) == (True, clock.now())
        services.call_off(session, owner, challenge, theirs, bramble.id)
        assert (bramble.let_go, bramble.cancelled_at, theirs.withdrawn_at) == (False, clock.now(), clock.now())
        assert mailed(session, "support.called_off") == ids(scene, "arbor", "adviser", "bramble", "owner")


def test_the_team_moves_a_time_and_the_firm_is_told(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        booked, began = book(session, scene, slot), slot.version
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        to = services.NewTime(slot.starts_at + timedelta(days=1), "Library", "")
        services.move(session, owner, challenge, slot, booked.id, began, to)
        assert (slot.starts_at, slot.place, booked.held_on) == (to.starts_at, "Library", to.starts_at.date())
        assert mailed(session, "support.moved") == ids(scene, "arbor", "adviser")
        with pytest.raises(Conflict):
            services.move(session, owner, challenge, slot, booked.id, began, to)


def test_the_team_does_not_call_off_what_was_booked_since_it_looked(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        book(session, scene, slot)
        with pytest.raises(NotNow, match="since you looked"):
            services.call_off(session, scene.actor(session, "owner"), scene.challenge(session), slot, None)


def test_a_session_is_written_up_once_it_has_begun(database: Database, scene: Scene, clock: TestClock) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        booked, plan, adviser = (
            book(session, scene, slot),
            firm_plan(session, scene, "arbor"),
            scene.actor(session, "adviser"),
        )
        with pytest.raises(NotNow, match="not begun"):
            services.write_up(session, adviser, plan, booked.id, "Try it on a ward.")
    clock.set(slot.starts_at)
    with database.writing() as session:
        plan = firm_plan(session, scene, "arbor")
        services.write_up(session, adviser, plan, booked.id, "Try it on a ward.")
        assert plan.state == "under_way"
        assert [each.notes for each in queries.sessions_of(session, [plan])[plan.id]] == ["Try it on a ward."]
        with pytest.raises(NotNow, match="written up"):
            services.write_up(session, adviser, plan, booked.id, "Again.")


def sent(database: Database) -> list[tuple[int | None, str]]:
    """Deliver what is due, and answer the reminders that had something to say."""
    letters: list[tuple[int | None, str]] = []

    def send(leased: Leased) -> None:
        with database.reading() as session:
            mail = worded(session, leased.kind, leased.parameters)
        if mail is not None and leased.kind == "support.reminder":
            letters.append((leased.to_person_id, mail.path))

    while deliver(database, send):
        pass
    return letters


def test_everybody_is_reminded_a_day_before_and_once(database: Database, scene: Scene, clock: TestClock) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        book(session, scene, slot)
        plan, starts_at = firm_plan(session, scene, "arbor"), slot.starts_at
    clock.set(starts_at - timedelta(days=1, minutes=1))
    assert sent(database) == []
    clock.set(starts_at - timedelta(days=1))
    assert sent(database) == [
        (scene.people["arbor"].id, f"/responses/{scene.references[0]}/support"),
        (scene.people["adviser"].id, f"/challenges/{scene.reference}/support/{plan.id}"),
    ]
    clock.advance(hours=1)
    assert sent(database) == []


def test_what_was_moved_is_reminded_of_at_its_new_time_and_what_was_cancelled_not_at_all(
    database: Database, scene: Scene, clock: TestClock
) -> None:
    with database.writing() as session:
        one, two = offer(session, scene, count=2)
        moved, cancelled = book(session, scene, one), book(session, scene, two, "bramble")
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        before, later = one.starts_at, one.starts_at + timedelta(days=2)
        there = services.NewTime(later, "Library", "")
        services.move(session, owner, challenge, one, moved.id, one.version, there)
        services.move(session, owner, challenge, one, moved.id, one.version, services.NewTime(before, "Library", ""))
        services.move(session, owner, challenge, one, moved.id, one.version, there)
        bramble = firm_plan(session, scene, "bramble")
        services.give_back(session, scene.actor(session, "bramble"), bramble, cancelled.id)
    clock.set(before - timedelta(hours=20))
    assert sent(database) == []
    clock.set(later - timedelta(hours=24))
    assert [to for to, _path in sent(database)] == ids(scene, "arbor", "adviser")
    clock.advance(hours=2)
    assert sent(database) == []


def test_a_reminder_that_comes_too_late_says_nothing(database: Database, scene: Scene, clock: TestClock) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        book(session, scene, slot)
    clock.set(slot.starts_at + timedelta(minutes=1))
    assert sent(database) == []


def test_what_is_booked_less_than_a_day_before_is_confirmed_and_not_reminded(
    database: Database, scene: Scene, clock: TestClock
) -> None:
    with database.writing() as session:
        (slot,) = offer(session, scene)
        clock.set(slot.starts_at - timedelta(hours=5))
        book(session, scene, slot)
        assert mailed(session, "support.booked") == ids(scene, "arbor", "adviser")
        assert mailed(session, "support.reminder") == []


def test_once_support_is_over_nothing_is_offered_or_booked(database: Database, clock: TestClock) -> None:
    clock.set(datetime(2026, 3, 27, 10, tzinfo=UTC))
    with database.writing() as session:
        scene = build(session, state="business_case")
        with pytest.raises(NotNow, match="over"):
            offer(session, scene)

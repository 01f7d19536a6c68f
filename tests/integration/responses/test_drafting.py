"""Writing a draft: nothing is lost, nothing is overwritten, and nothing goes in after the deadline."""

from datetime import timedelta

import pytest

from portal.db import Conflict, Database
from portal.files.arrived import Arrived
from portal.machine import NotAllowed, NotNow
from portal.responses import queries, services
from portal.responses.sections import SUMMARY
from tests.support.answering import Scene, acting, own, scene, started
from tests.support.clock import TestClock


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


def test_two_of_a_firm_who_start_find_the_same_draft(database: Database, at: Scene) -> None:
    assert started(database, at) == started(database, at, person=at.colleague)


def test_nobody_starts_for_a_firm_they_do_not_belong_to(database: Database, at: Scene) -> None:
    with pytest.raises(NotAllowed):
        started(database, at, person=at.stranger)


def test_an_ended_challenge_takes_no_draft(database: Database, clock: TestClock) -> None:
    withdrawn = scene(database)
    with database.writing() as session:
        from portal.db import guard_state
        from tests.support.answering import challenge_of

        with guard_state():
            challenge_of(session, withdrawn).state = "withdrawn"
    with pytest.raises(NotNow):
        started(database, withdrawn)


def test_another_section_saved_meanwhile_is_no_conflict(database: Database, at: Scene) -> None:
    reference = started(database, at)
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, reference)
        assert services.save_section(session, actor, response, SUMMARY, "One", version=None) == 1
        assert services.save_section(session, actor, response, "price", "Two", version=None) == 1
        assert services.save_section(session, actor, response, SUMMARY, "One, longer", version=1) == 2


def test_the_same_section_changed_meanwhile_is(database: Database, at: Scene) -> None:
    reference = started(database, at)
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, reference)
        services.save_section(session, actor, response, SUMMARY, "Mine", version=None)
        assert services.save_section(session, actor, response, SUMMARY, "Mine", version=None) == 1, "the same again"
        with pytest.raises(Conflict):
            services.save_section(session, actor, response, SUMMARY, "Theirs", version=None)
        assert [row.text for row in queries.sections_of(session, response)] == ["Mine"]


def test_what_no_database_takes_is_left_out(database: Database, at: Scene) -> None:
    reference = started(database, at)
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, reference)
        services.save_section(session, actor, response, SUMMARY, "a\x00b\r\nc\ud800 👩\u200d🔧\u00a0d", version=None)
        assert queries.sections_of(session, response)[0].text == "ab\nc 👩\u200d🔧\u00a0d"


def test_nothing_is_written_or_attached_after_the_deadline(database: Database, at: Scene, clock: TestClock) -> None:
    reference = started(database, at)
    clock.set(at.deadline)
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, reference)
        for late in (
            lambda: services.save_section(session, actor, response, SUMMARY, "Late", version=None),
            lambda: services.attach_file(session, actor, response, Arrived("0" * 64, 1, "x/y", "a.txt")),
            lambda: services.remove_file(session, actor, response, "X"),
            lambda: services.invite_partner(session, actor, response, "a@example.org", share_percent=10, part="A"),
            lambda: services.withdraw(session, actor, response),
        ):
            with pytest.raises(services.Closed):
                late()
    with pytest.raises(services.Closed):
        started(database, at, person=at.stranger, firm=_firm_of(database, at.stranger))


def _firm_of(database: Database, person: int) -> int:
    from portal.policy import Permission

    with database.reading() as session:
        return next(iter(acting(session, person).ids(Permission.RESPONSE_WRITE)))


def test_the_last_instant_is_in_time(database: Database, at: Scene, clock: TestClock) -> None:
    reference = started(database, at)
    clock.set(at.deadline - timedelta(microseconds=1))
    with database.writing() as session:
        actor = acting(session, at.member)
        assert services.save_section(session, actor, own(session, actor, reference), SUMMARY, "Now", version=None) == 1


def test_files_are_attached_once_taken_out_and_limited(database: Database, at: Scene) -> None:
    reference = started(database, at)
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, reference)

        def attach(number: int) -> str:
            arrived = Arrived(f"{number:064}", 1, "text/plain", "plan.txt")
            return services.attach_file(session, actor, response, arrived).reference

        first = attach(0)
        assert attach(0) == first
        for number in range(1, 10):
            attach(number)
        with pytest.raises(NotNow, match="10 files"):
            attach(10)
        services.remove_file(session, actor, response, first)
        session.flush()
        attach(10)
        assert len(queries.files_of(session, response)) == 10

"""Two firms press at the same moment: one has the time, the other a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db import Database
from portal.machine import NotNow
from portal.support import services
from portal.support.models import Slot, SupportSession
from tests.integration.showing.conftest import Scene
from tests.integration.support.conftest import firm_plan, offer
from tests.support.people import signed_in


@pytest.mark.parametrize("turn", range(3))
def test_the_last_time_is_booked_by_one_firm_and_the_other_is_shown_what_is_free(
    database: Database, app: Flask, scene: Scene, turn: int
) -> None:
    with database.writing() as session:
        last, later = offer(session, scene, count=2)
        key, free = last.id, later.id
    start = Barrier(2)

    def press(number: int) -> tuple[int, str]:
        client = signed_in(app, scene.people[("arbor", "bramble")[number]])
        address = f"/responses/{scene.references[number]}/support/times"
        assert client.get(address).status_code == 200
        start.wait()
        answer = client.post(address, data={"slot": str(key)})
        return answer.status_code, answer.get_data(as_text=True)

    with ThreadPoolExecutor(2) as two:
        answers = dict(two.map(press, (0, 1)))
    assert sorted(answers) == [302, 409]
    assert "Another firm has just booked that time." in answers[409]
    assert f'value="{free}"' in answers[409]
    assert f'value="{key}"' not in answers[409]
    with database.reading() as session:
        assert len(session.scalars(select(SupportSession).where(SupportSession.slot_id == key)).all()) == 1


def test_a_firm_that_presses_twice_for_overlapping_times_gets_one(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (one,), (two,) = offer(session, scene), offer(session, scene, whose="owner")
        keys = one.id, two.id
    start = Barrier(2)

    def press(key: int) -> bool:
        start.wait()
        try:
            with database.writing() as session:
                services.book(session, scene.actor(session, "arbor"), firm_plan(session, scene, "arbor"), key)
        except services.SlotGone:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(press, keys)) == [False, True]


def test_two_people_who_offer_the_same_hour_of_somebody_offer_it_once(database: Database, scene: Scene) -> None:
    start = Barrier(2)

    def put_on_offer(_number: int) -> bool:
        start.wait()
        try:
            with database.writing() as session:
                offer(session, scene)
        except NotNow:
            return False
        return True

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(put_on_offer, (0, 1))) == [False, True]
    with database.reading() as session:
        assert len(session.scalars(select(Slot)).unique().all()) == 1

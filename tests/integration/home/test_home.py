"""Home shows the most urgent first, and all of it to whoever asks."""

from flask import Flask

from portal.db import Database
from portal.home.views import SHOWN
from portal.policy import Role
from tests.support import make
from tests.support.people import signed_in


def test_the_most_urgent_are_shown_and_all_where_somebody_asks(database: Database, app: Flask) -> None:
    count = SHOWN + 5
    with database.writing() as session:
        lead = make.authority(session)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, lead)
        for number in range(count):
            make.challenge(session, state="articulation", lead=lead, title=f"Need number {number}")
    client = signed_in(app, owner)
    page = client.get("/home").text
    assert page.count("app-needs__item") == SHOWN
    assert "Show all" in page
    every = client.get("/home?all=yes").text
    assert all(f"Need number {number}<" in every for number in range(count))
    assert "Show all" not in every

"""An assessor's home tells how much there is to do, in one line for each challenge and step."""

from flask import Flask

from portal.db import Database
from tests.support.assessed import scene
from tests.support.people import signed_in


def test_what_is_to_be_scored_is_one_line_with_how_long_it_takes(app: Flask, database: Database) -> None:
    made = scene(database)
    made.seat()
    made.mark(0, 0, 4, 4, lock=False)
    page = signed_in(app, made.assessors[0]).get("/home").text
    assert page.count("app-needs__item") == 2
    assert "Read and score 2 responses: about 15 minutes" in page
    assert "Finish scoring a response and lock: about 5 minutes" in page
    other = signed_in(app, made.assessors[1]).get("/home").text
    assert other.count("app-needs__item") == 1
    assert 'href="/assessments"' in other

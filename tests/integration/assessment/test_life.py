"""A few random lives of an assessment on every run; `make soak` walks thousands."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal.db import Database
from tests.support.assessment_life import AssessmentLife


def test_an_assessment_keeps_what_it_was_given(database: Database) -> None:
    AssessmentLife.database = database
    run_state_machine_as_test(AssessmentLife, settings=settings(max_examples=4, stateful_step_count=25))

"""Thousands of random lives of an assessment, by its officer and its panel, in parts that processors share."""

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from portal.db import Database
from tests.support.assessment_life import AssessmentLife

PARTS, LIVES = 10, 200
pytestmark = pytest.mark.soak


@pytest.mark.parametrize("part", range(PARTS))
def test_thousands_of_assessments_keep_what_they_were_given(database: Database, part: int) -> None:
    life = seed(part)(type(f"Part{part}", (AssessmentLife,), {"database": database}))
    run_state_machine_as_test(life, settings=settings(max_examples=LIVES, stateful_step_count=40, database=None))

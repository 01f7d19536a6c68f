"""Thousands of random lives of an assessment, by its officer and its panel."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from portal.db import Database
from tests.support.assessment_life import AssessmentLife

pytestmark = pytest.mark.soak


def test_thousands_of_assessments_keep_what_they_were_given(database: Database) -> None:
    AssessmentLife.database = database
    run_state_machine_as_test(AssessmentLife, settings=settings(max_examples=2_000, stateful_step_count=40))

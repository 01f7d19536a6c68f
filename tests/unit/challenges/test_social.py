"""The outcomes that can be picked: each asks, shows and scores something, none of it money."""

import pytest

from portal.challenges.social import BY_KEY, OUTCOMES, SCORES, SocialOutcome, as_criterion
from portal.law.proportion import refused


def test_every_outcome_has_a_key_and_a_name_of_its_own() -> None:
    assert len(BY_KEY) == len({each.name for each in OUTCOMES}) == len(OUTCOMES)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda each: each.key)
def test_an_outcome_asks_a_question_with_an_example_that_names_no_sum(outcome: SocialOutcome) -> None:
    row = as_criterion(outcome)
    assert outcome.question.endswith("?")
    assert outcome.source
    assert "£" not in outcome.question + outcome.example
    assert len(row["scores"]) == len(SCORES) == 6
    texts = (row["name"], row["question"], row["description"])
    assert not any(refused(text, below_threshold=True) for text in texts)

"""What a form may not ask, told from its words, without taking offence at honest ones."""

import pytest

from portal.law.proportion import refused, suitability_may_not_be_asked
from portal.law.thresholds import ContractKind, Standing

ALWAYS = [
    "Provide audited accounts for the last three years.",
    "Attach your annual accounts",
    "Please send accounts for the last two years",
    "You must hold public liability insurance of £5 million.",
    "Evidence of your professional indemnity insurance",
    "What insurance cover do you have?",
    "Firms must have delivered a similar system to another council.",
    "You should have worked for the NHS.",
    "List your previous contracts with public bodies",
]
ONLY_BELOW = [
    "Complete the pre-qualification questionnaire.",
    "Attach your PQQ",
    "Minimum turnover of £500,000",
    "You will be credit checked: state your credit rating",
    "Three years of trading",
]
HONEST = [
    "It must connect to the council's customer accounts.",
    "Residents can keep an account of what they borrowed.",
    "Works without a bank account or an account of any kind.",
    "Helps tenants with an insurance claim after a flood.",
    "How has the idea been tried, by whom, and what came of it?",
    "Staff turnover on the ward must not break it.",
    "Qualified interpreters for anything clinical.",
    "Who does what by when, what do you need of us, what could go wrong?",
    "It must work with the council's own bins.",
    "Works with what previous contracts left in the ground.",
]


@pytest.mark.parametrize("text", ALWAYS)
def test_what_may_never_be_asked_before_award(text: str) -> None:
    for below in (True, False):
        assert "s.22" in (refused(text, below_threshold=below) or "")


@pytest.mark.parametrize("text", ONLY_BELOW)
def test_what_may_not_be_asked_below_the_threshold(text: str) -> None:
    assert "s.85" in (refused(text, below_threshold=True) or "")
    assert refused(text, below_threshold=False) is None


@pytest.mark.parametrize("text", HONEST)
def test_honest_questions_pass(text: str) -> None:
    assert refused(text, below_threshold=True) is None


def test_large_works_below_their_threshold_may_be_pre_qualified() -> None:
    small, works = Standing.NOTIFIABLE, ContractKind.WORKS
    assert suitability_may_not_be_asked(small, ContractKind.SERVICES, 10_000_000)
    assert suitability_may_not_be_asked(None, None, None)
    assert suitability_may_not_be_asked(small, works, 20_000_000)
    assert not suitability_may_not_be_asked(small, works, 20_772_000)
    assert not suitability_may_not_be_asked(Standing.ABOVE_THRESHOLD, ContractKind.SERVICES, 30_000_000)

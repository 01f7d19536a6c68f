"""A chosen firm fails in standstill; the next in rank is awarded, with summaries, notice and standstill of its own."""

from datetime import timedelta

import pytest

from portal.db import clock
from tests.browser.steps.cast import Cast
from tests.browser.test_after_the_decision import ONE, OTHER, Story

AWARD_NOTICE = "We intend to sign with the chosen firm"


@pytest.fixture
def story(cast: Cast) -> Story:
    """Two firms scored and told, the first chosen."""
    return Story(cast)


def test_a_chosen_firm_fails_in_standstill_and_the_next_in_rank_is_awarded(story: Story) -> None:
    officer = story.officer
    officer.sends_the_summaries()
    officer.publishes_the_notice(AWARD_NOTICE, "000001-2026", clock.now())
    officer.goes_to("Legal dates")
    officer.reads("Standstill ends", "may sign from")
    story.cast.moves_to(clock.now() + timedelta(days=2))
    officer.makes_the_move("Reconsider the award", falls_out=ONE, reason="The firm became insolvent.")
    officer.goes_to("Award")
    officer.reads("Award 2", f"when {ONE} fell out", "The firm became insolvent.", OTHER)
    officer.sends_the_summaries()
    officer.publishes_the_notice(AWARD_NOTICE, "000002-2026", clock.now(), about="the present one")
    officer.goes_to("Legal dates")
    officer.reads("Award 2", "may sign from")
    officer.misses("Activate the partnership", "The contract may be signed from")

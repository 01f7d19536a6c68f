"""What the lotting adviser makes of the answers."""

from dataclasses import replace

import pytest

from portal.network.lotting.advice import Alone, Answers, Fit, Managing, Reach, advise

GOOD = Answers(("Sensors", "Fitting"), Alone.YES, Fit.APART, Reach.PART, Managing.YES)


def test_parts_that_stand_alone_become_lots() -> None:
    advice = advise(GOOD)
    assert advice.divide
    assert advice.lots == ("Sensors", "Fitting")
    assert advice.record.startswith("Divided into 2 lots.")
    assert any("added up" in each for each in advice.cautions)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (replace(GOOD, parts=("Sensors",)), "one part only"),
        (replace(GOOD, alone=Alone.NO), "only make sense together"),
        (replace(GOOD, fit=Fit.CLOSE), "working together every day"),
        (replace(GOOD, reach=Reach.WHOLE), "can take on the whole"),
    ],
)
def test_the_reason_for_keeping_it_whole_is_written_for_the_file(said: Answers, why: str) -> None:
    advice = advise(said)
    assert not advice.divide
    assert why in advice.record
    assert "answer together" in advice.cautions[0]


def test_what_speaks_against_lots_without_deciding_is_a_caution() -> None:
    said = replace(GOOD, alone=Alone.SOME, fit=Fit.AGREED, reach=Reach.UNKNOWN, managing=Managing.NO)
    advice = advise(said)
    assert advice.divide
    assert len(advice.cautions) == 5

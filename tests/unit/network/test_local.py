"""Letters of postcodes, and shares that are one inside the other."""

import pytest

from portal.network.local import Ring, shares_of
from portal.network.local.forms import beginning


@pytest.mark.parametrize(
    ("typed", "kept"), [("b", "B"), (" cv ", "CV"), ("b9", "B9"), ("ec1a", "EC1A"), ("b9  4", "B9 4")]
)
def test_the_beginning_of_postcodes_is_an_area_a_district_or_a_sector(typed: str, kept: str) -> None:
    assert beginning(typed) == kept


@pytest.mark.parametrize("typed", ["", "9", "ABC", "B9 4AA", "B%", "B1234", "Б1"])
def test_what_begins_no_postcode_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="Enter how the postcodes begin"):
        beginning(typed)


def test_each_circle_holds_the_ones_inside_it() -> None:
    found = shares_of({Ring.OWN: 40, Ring.COUNTY: 20, Ring.UK: 40, None: 25})
    assert [(line.ring, line.within, line.percent) for line in found.lines] == [
        (Ring.OWN, 40, 40.0),
        (Ring.COUNTY, 60, 60.0),
        (Ring.REGION, 60, 60.0),
        (Ring.UK, 100, 100.0),
    ]
    assert found.unknown == 25
    assert found.basis == "Of the 80% of which the place is known; the rest is in no circle."


def test_nothing_known_is_no_division_by_nought() -> None:
    assert {line.percent for line in shares_of({None: 7}).lines} == {0.0}
    assert shares_of({}).basis == "Of everything counted here."

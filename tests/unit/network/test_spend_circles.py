"""Years of money by circle, from their sums."""

from portal.network.local import Ring
from portal.network.spend.circles import Gap, years_of


def test_each_sum_is_within_its_circle_or_in_a_gap_and_half_postcodes_are_told() -> None:
    rows = [
        (2023, "firm", "own", "postcode", 60),
        (2022, "firm", "own", "postcode", 30),
        (2022, "firm", "uk", "outward", 10),
        (2022, "firm", None, None, 5),
        (2022, "doubtful", None, None, 15),
        (2022, "others", None, None, 40),
    ]
    first, second = years_of(rows)
    assert (first.year, first.total, first.by_half) == (2022, 100, 10)
    assert first.gaps == {Gap.PLACE: 5, Gap.DOUBTFUL: 15, Gap.OTHERS: 40}
    assert [first.range_words(each) for each in first.shares.lines] == ["30% to 90%"] * 3 + ["40% to 100%"]
    assert (first.range_words_unknown, second.range_words_unknown) == ("60%", "0%")
    assert second.title == "2023 to 2024"


def test_of_credits_alone_there_is_no_share_and_none_passes_the_whole() -> None:
    (credits_only,) = years_of([(2022, "firm", "own", "postcode", -10)])
    assert credits_only.range_words(credits_only.shares.lines[0]) == "No share"
    (more_back,) = years_of([(2022, "firm", "own", "postcode", 100), (2022, "others", None, None, -50)])
    own = next(each for each in more_back.shares.lines if each.ring is Ring.OWN)
    assert more_back.range_words(own) == "100%"

"""Flows out of an area: parts beside each other, and a picture in which every band has its money's thickness."""

import re

from portal.network.local import CirclePart, Circles, LocalCircle, PartKind, Ring
from portal.network.spend.circles import CategoryByCircle, categories_of
from portal.network.spend.flow_drawing import picture_of
from portal.network.spend.flows import UNKNOWN, End, any_abroad, ends_of, flows_of, largest, together


def drawn(*rings: Ring) -> Circles:
    part = CirclePart(kind=PartKind.POSTCODE_AREA, code="ZZ")
    return Circles(tuple(LocalCircle(ring=ring, name="", parts=[part]) for ring in rings), (), {}, None)


def found() -> list[CategoryByCircle]:
    return categories_of(
        [
            ("Print", "firm", "own", "postcode", 4_000),
            ("Print", "firm", "region", "postcode", 1_000),
            ("Print", "office", "uk", "postcode", 2_000),
            ("Print", "others", None, None, 3_000),
            ("Print", "doubtful", None, None, -500),
            ("Gas", "others", None, None, -700),
        ]
    )


def test_the_parts_of_a_flow_add_up_to_what_was_paid_and_what_leaves_is_a_range() -> None:
    circles = drawn(Ring.OWN, Ring.REGION)
    printing, gas = flows_of(found(), circles, abroad=False)
    assert [end.key for end in ends_of(circles, abroad=False)] == ["own", "region", "uk", UNKNOWN]
    assert printing.parts == (4_000, 1_000, 2_000, 2_500)
    assert printing.total == found()[0].total == 9_500
    assert (printing.least, printing.most) == (3_000, 6_000)
    assert printing.range_words == "£30 to £60"
    assert (gas.parts, gas.least, gas.most) == ((0, 0, 0, -700), 0, 0)
    assert found()[0].by_office == 2_000
    whole = together("All", [printing, gas])
    assert (whole.total, whole.least, whole.most) == (8_800, 3_000, 6_000)


def test_with_one_circle_there_are_three_ends() -> None:
    titles = [end.title for end in ends_of(drawn(Ring.REGION), abroad=False)]
    assert titles == [
        "Stays within: its region",
        "Leaves its region for elsewhere in the United Kingdom",
        "Not known where",
    ]


def test_what_left_the_united_kingdom_is_known_has_an_end_of_its_own_and_is_in_no_circle() -> None:
    every = categories_of(
        [
            ("Print", "said", "abroad", None, 2_500),
            ("Print", "firm", "own", "postcode", 5_000),
            ("Print", "others", None, None, 2_500),
            ("Gas", "firm", "own", "postcode", 100),
        ]
    )
    circles = drawn(Ring.OWN)
    assert any_abroad(every)
    assert not any_abroad(every[1:])
    assert [end.key for end in ends_of(circles, abroad=True)] == ["own", "uk", "abroad", UNKNOWN]
    printing, gas = flows_of(every, circles, abroad=True)
    assert (printing.parts, gas.parts) == ((5_000, 0, 2_500, 2_500), (100, 0, 0, 0))
    assert printing.total == every[0].total == 10_000
    assert (printing.least, printing.most) == (2_500, 5_000)
    of_print = every[0]
    assert [each.within for each in of_print.shares.lines] == [5_000] * 4
    assert (of_print.shares.known, of_print.shares.abroad, of_print.shares.percent_abroad) == (7_500, 2_500, 33.3)
    assert (of_print.by_person, of_print.range_words_abroad) == (2_500, "25% to 50%")
    picture = picture_of([printing, gas], ends_of(circles, abroad=True))
    assert picture is not None
    assert [node.lines for node in picture.ends][2] == ("Outside the United Kingdom",)


def test_many_categories_are_shown_as_the_largest_and_all_others() -> None:
    flows = flows_of(found(), drawn(Ring.OWN), abroad=False)
    assert largest(flows, 2) == flows
    only = largest(flows, 1)
    assert (only[0].title, only[0].total, only[0].name) == ("2 other categories", 8_800, None)


def test_the_picture_draws_a_band_for_each_part_that_is_money_and_leaves_credits_out() -> None:
    circles = drawn(Ring.OWN, Ring.REGION)
    ends = ends_of(circles, abroad=False)
    picture = picture_of(flows_of(found(), circles, abroad=False), ends)
    assert picture is not None
    assert [band.key for band in picture.bands] == ["own", "region", "uk", UNKNOWN]
    assert [node.lines[0] for node in picture.sources] == ["Print"]
    tops = [node.y for node in picture.ends]
    assert tops == sorted(tops)
    assert max(node.y + node.height for node in (*picture.ends, *picture.sources)) <= picture.height
    first = re.fullmatch(r"M244 ([\d.]+)C.*V([\d.]+)C.*Z", picture.bands[0].path)
    assert first is not None
    assert picture_of(flows_of(found()[1:], circles, abroad=False), ends) is None


def test_long_words_are_broken_into_lines_that_fit() -> None:
    end = End("own", "", "Stays in the combined authority of Evenholt and Thornmere and their villages")
    flows = flows_of(found()[:1], drawn(Ring.OWN), abroad=False)
    picture = picture_of(flows, [end, end, end])
    assert picture is not None
    assert [len(node.lines) for node in picture.ends] == [2, 2, 2]
    assert all(len(line) <= 27 for line in picture.ends[0].lines)

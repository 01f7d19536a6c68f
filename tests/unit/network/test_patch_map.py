"""The map of a patch: firms that lie near each other are drawn apart, and wards carry their names."""

from math import dist

from portal.network.patches.drawing import HEIGHT, WIDTH, Label, map_of

GROUND = [(400_000, 300_000, "W1"), (402_000, 300_000, "W1"), (404_000, 302_000, "W2")]


def test_firms_are_drawn_apart_and_each_keeps_its_place() -> None:
    firms = [(401_000, 301_000)] * 30 + [None, (404_000, 302_000)]
    found = map_of(GROUND, firms, None, {})
    drawn = [dot for dot in found.dots if dot]
    assert found.dots[30] is None
    assert len(drawn) == 31
    assert drawn[0][:2] == drawn[0][2:]
    assert {dot[2:] for dot in drawn[:30]} == {drawn[0][2:]}
    places = [dot[:2] for dot in drawn]
    assert min(dist(one, other) for n, one in enumerate(places) for other in places[:n]) >= 24
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places)


def test_a_ward_carries_its_name_in_the_middle_of_its_postcodes() -> None:
    found = map_of(GROUND, [], (402_000, 301_000, 2_000), {"W1": "Canalside", "W9": "Elsewhere"})
    x, y = (round((one + other) / 2, 1) for one, other in zip(found.ground[0], found.ground[1], strict=True))
    assert found.labels == (Label(x, y, "Canalside"),)
    assert found.circle is not None
    assert found.scale[1] == "1 km"


def test_nothing_known_is_no_map() -> None:
    assert map_of([], [None], None, {}).scale == (0.0, "")

"""Degrees become metres as the Ordnance Survey works them out."""

import pytest

from portal.places.grid import on_grid

# The worked example of “A guide to coordinate systems in Great Britain”: Framingham, TG 51409 13177. The grid's own
# answer comes from a finer method than the seven parameters, which are good to about 5 metres.
FRAMINGHAM = (52 + 39 / 60 + 28.723 / 3600, 1 + 42 / 60 + 57.787 / 3600)


def test_the_worked_example_is_met_as_closely_as_the_method_can() -> None:
    found = on_grid(*FRAMINGHAM)
    assert found.easting == pytest.approx(651_409, abs=10)
    assert found.northing == pytest.approx(313_177, abs=10)


def test_the_true_origin_lies_where_the_grid_puts_it() -> None:
    """49° N 2° W on Airy's ellipsoid is (400000, -100000); measured as WGS84 it is some hundred metres away."""
    found = on_grid(49.0, -2.0)
    assert abs(found.easting - 400_000) < 200
    assert abs(found.northing + 100_000) < 200

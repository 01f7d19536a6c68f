"""From latitude and longitude to metres on the National Grid, so that every place is measured in the same way.

Source: Ordnance Survey, “A guide to coordinate systems in Great Britain”, annexes B and C, with the seven
parameters of section 6.6. The seven parameters are good to about 5 metres, which is less than a postcode's own size.
"""

from math import atan2, cos, radians, sin, sqrt, tan
from typing import Final, NamedTuple


class Point(NamedTuple):
    """Metres east and north of the grid's origin."""

    easting: int
    northing: int


class _Ellipsoid(NamedTuple):
    """Half axes in metres."""

    major: float
    minor: float

    @property
    def squared_eccentricity(self) -> float:
        return 1 - (self.minor / self.major) ** 2


_GRS80: Final = _Ellipsoid(6_378_137.0, 6_356_752.314_140)
_AIRY: Final = _Ellipsoid(6_377_563.396, 6_356_256.909)

# From WGS84 to OSGB36: metres, parts per million, seconds of arc.
_SHIFT: Final = (-446.448, 125.157, -542.060)
_SCALE: Final = 20.4894e-6
_TURN: Final = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))

# The National Grid's projection: its true origin at 49° N 2° W.
_SCALE_ON_MERIDIAN: Final = 0.999_601_271_7
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = radians(49), radians(-2)
_FALSE_EASTING, _FALSE_NORTHING = 400_000.0, -100_000.0


def on_grid(latitude: float, longitude: float) -> Point:
    """Where a latitude and longitude (WGS84, in degrees) lie on the National Grid, to about 5 metres."""
    return _projected(*_on_airy(*_shifted(*_in_space(radians(latitude), radians(longitude)))))


def _in_space(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Cartesian metres from the middle of the earth, at height nought (annex B.1)."""
    radius = _GRS80.major / sqrt(1 - _GRS80.squared_eccentricity * sin(latitude) ** 2)
    across = radius * cos(latitude)
    return (
        across * cos(longitude),
        across * sin(longitude),
        (1 - _GRS80.squared_eccentricity) * radius * sin(latitude),
    )


def _shifted(x: float, y: float, z: float) -> tuple[float, float, float]:
    """The same point as OSGB36 measures it (section 6.2, the Helmert transformation)."""
    (tx, ty, tz), (rx, ry, rz), grown = _SHIFT, _TURN, 1 + _SCALE
    return tx + grown * x - rz * y + ry * z, ty + rz * x + grown * y - rx * z, tz - ry * x + rx * y + grown * z


def _on_airy(x: float, y: float, z: float) -> tuple[float, float]:
    """Latitude and longitude in radians on Airy's ellipsoid (annex B.2); five rounds settle far below a millimetre."""
    across, e2 = sqrt(x * x + y * y), _AIRY.squared_eccentricity
    latitude = atan2(z, across * (1 - e2))
    for _ in range(5):
        radius = _AIRY.major / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z + e2 * radius * sin(latitude), across)
    return latitude, atan2(y, x)


def _projected(latitude: float, longitude: float) -> Point:
    """Transverse Mercator (annex C.1); the guide's own names for its series are kept."""
    e2, s, c, t2 = _AIRY.squared_eccentricity, sin(latitude), cos(latitude), tan(latitude) ** 2
    nu = _AIRY.major * _SCALE_ON_MERIDIAN / sqrt(1 - e2 * s * s)
    rho = _AIRY.major * _SCALE_ON_MERIDIAN * (1 - e2) / (1 - e2 * s * s) ** 1.5
    eta2 = nu / rho - 1
    d = longitude - _ORIGIN_LONGITUDE
    northing = (
        _meridian_arc(latitude)
        + _FALSE_NORTHING
        + nu / 2 * s * c * d**2
        + nu / 24 * s * c**3 * (5 - t2 + 9 * eta2) * d**4
        + nu / 720 * s * c**5 * (61 - 58 * t2 + t2 * t2) * d**6
    )
    easting = (
        _FALSE_EASTING
        + nu * c * d
        + nu / 6 * c**3 * (nu / rho - t2) * d**3
        + nu / 120 * c**5 * (5 - 18 * t2 + t2 * t2 + 14 * eta2 - 58 * t2 * eta2) * d**5
    )
    return Point(round(easting), round(northing))


def _meridian_arc(latitude: float) -> float:
    n = (_AIRY.major - _AIRY.minor) / (_AIRY.major + _AIRY.minor)
    less, more = latitude - _ORIGIN_LATITUDE, latitude + _ORIGIN_LATITUDE
    return (
        _AIRY.minor
        * _SCALE_ON_MERIDIAN
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )

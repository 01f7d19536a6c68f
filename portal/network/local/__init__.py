"""What is local, as each authority means it: concentric circles made of official areas, postcode areas or a radius."""

from portal.network.local.models import CirclePart, LocalCircle, PartKind, Ring
from portal.network.local.placing import ABROAD, Basis, Placed, placed
from portal.network.local.queries import Circles, Found, circle_of, circles_of, circles_of_all
from portal.network.local.shares import Shares, shares_by, shares_of

__all__ = [
    "ABROAD",
    "Basis",
    "CirclePart",
    "Circles",
    "Found",
    "LocalCircle",
    "PartKind",
    "Placed",
    "Ring",
    "Shares",
    "circle_of",
    "circles_of",
    "circles_of_all",
    "placed",
    "shares_by",
    "shares_of",
]

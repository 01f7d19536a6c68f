"""Places from official files: which ward, district and neighbourhood a postcode lies in, and where that is."""

from portal.places.models import Area, AreaKind, OutwardCode, PlaceFile, Postcode
from portal.places.queries import Place, UnknownPostcode, attributions, place_of

__all__ = [
    "Area",
    "AreaKind",
    "OutwardCode",
    "Place",
    "PlaceFile",
    "Postcode",
    "UnknownPostcode",
    "attributions",
    "place_of",
]

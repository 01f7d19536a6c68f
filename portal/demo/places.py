"""The invented land the region lies in, and what the portal looks up: places, categories and other firms' offices.

The land lies in the sea: no real postcode begins with ZZ, and its wards and districts have codes that no official file
has. It is read by the same importers as the official files.
"""

from portal.db import Database
from portal.demo.library import TEXTS
from portal.demo.reading import TextError
from portal.network.categories import importing as categories
from portal.network.register import importing as companies
from portal.places import importing as places


def settle(database: Database) -> None:
    """Read the files, before anybody lives there. Raises `TextError` for a row that its importer sets aside."""
    for name in ("names.json", "postcodes.csv"):
        found = places.import_file(database, TEXTS / "places" / name, invented=True)
        if found.problem or found.set_aside:
            raise TextError(f"places/{name}", found.problem or found.reasons[0])
    categories.import_file(database, TEXTS / "categories.json")
    offices = companies.import_file(database, TEXTS / "companies.csv")
    if offices.set_aside:
        raise TextError("companies.csv", offices.reasons[0])

"""The invented land: no postcode that could be real, and everybody of the region lives somewhere in it."""

import csv
import json

from portal.demo import network
from portal.demo.library import TEXTS, load
from portal.places.sources import kind_of

PLACES = TEXTS / "places"


def rows() -> list[dict[str, str]]:
    with (PLACES / "postcodes.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_postcode_is_of_no_real_area_and_no_code_is_an_official_one() -> None:
    names = json.loads((PLACES / "names.json").read_text(encoding="utf-8"))
    codes = {row[column] for row in rows() for column in ("osward", "oslaua", "oscty", "rgn") if row[column]}
    assert all(row["pcds"].startswith("ZZ") for row in rows())
    assert codes == set(names)
    assert all(code[3:6] == "999" and kind_of(code) for code in codes)


def test_bodies_firms_and_offices_lie_in_it_and_circles_are_made_of_it() -> None:
    known = {row["pcds"] for row in rows()}
    library = load()
    lived = [firm.postcode for firm in library.firms]
    lived += [body.postcode for body in library.region.authorities]
    lived += [body.postcode for body in library.region.partners]
    with (TEXTS / "companies.csv").open(newline="") as file:
        lived += [row["RegAddress.PostCode"] for row in csv.DictReader(file)]
    assert set(lived) <= known
    names = json.loads((PLACES / "names.json").read_text(encoding="utf-8"))
    drawn = [code for _name, parts in network.OWN.values() for kind, code in parts if kind.is_area]
    assert {*drawn, network.MARLSHIRE, network.MIDDLE_MARCHES} <= set(names)


def test_every_firm_supplies_something_of_the_vocabulary() -> None:
    vocabulary = {each["code"][:8] for each in json.loads((TEXTS / "categories.json").read_text(encoding="utf-8"))}
    assert {code for firm in load().firms for code in firm.supplies} <= vocabulary
    assert all(firm.supplies for firm in load().firms)

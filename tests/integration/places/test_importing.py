"""Official files are read into both databases, and a postcode finds what they say of it."""

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.db import Database
from portal.places import Area, AreaKind, Postcode, UnknownPostcode, attributions, place_of
from portal.places.importing import files_in, import_file

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "postcodes"
CODE_POINT = FOLDER / "codepoint_open_2025-10"
real = pytest.mark.skipif(not FOLDER.exists(), reason="The folder of real data is not beside the project.")

ROW = '"{}",10,{},{},"E92000001","E19000001","E18000005","","E08000025","E05011151"\n'


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


@real
def test_every_row_of_code_point_is_known_within_seconds_and_agrees_with_the_files(database: Database) -> None:
    began = time.monotonic()
    reports = [import_file(database, path, year=2025) for path in files_in(CODE_POINT)]
    took = time.monotonic() - began
    assert sum(each.taken for each in reports) == 95_136
    assert sum(each.set_aside for each in reports) == 0
    assert took < 30
    import_file(database, FOLDER / "ons_names" / "wards.json")
    import_file(database, FOLDER / "ons_names" / "districts.json")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Postcode)) == 95_136
        kept = {row.postcode: row for row in session.execute(select(Postcode.postcode, *_CODES))}
        for row in _lines():
            assert tuple(kept[row[0]])[1:] == (row[9] or None, row[8] or None), row
    names = {n: json.loads((FOLDER / "ons_names" / f"{n}.json").read_text()) for n in ("wards", "districts")}
    with database.reading() as session:
        for row in list(_lines())[::997]:
            found = place_of(session, row[0].lower().replace(" ", ""))
            assert (found.ward.name if found.ward else None) == names["wards"].get(row[9])
            assert (found.district.name if found.district else None) == names["districts"].get(row[8])


_CODES = (Postcode.ward_code, Postcode.district_code)


def _lines() -> Iterator[list[str]]:
    for path in sorted(CODE_POINT.glob("*.csv")):
        with path.open() as file:
            yield from csv.reader(file)


@real
def test_degrees_and_neighbourhoods_are_added_to_what_code_point_said(database: Database) -> None:
    import_file(database, CODE_POINT / "b.csv")
    with database.reading() as session:
        before = place_of(session, "B1 1BA").row
    import_file(database, FOLDER / "nspl_2025-05_latlon" / "B.csv")
    import_file(database, FOLDER / "lsoa_latlong_west_midlands.csv")
    with database.reading() as session:
        found = place_of(session, "B1 1BA")
        assert (found.row.easting, found.row.northing) == (before.easting, before.northing)
        assert found.row.latitude == pytest.approx(52.475, abs=0.01)
        assert found.row.ward_code == before.ward_code
        assert found.lsoa is not None
        assert found.lsoa.name.startswith("Birmingham")
        assert found.lsoa_by_centre


def test_a_newer_file_changes_what_is_known_and_takes_nothing_away(database: Database, tmp_path: Path) -> None:
    old = ROW.format("ZZ1 1AA", 400_000, 300_000) + ROW.format("ZZ1 1AB", 400_100, 300_000)
    import_file(database, written(tmp_path, "old.csv", old))
    new = ROW.format("ZZ1 1AA", 400_050, 300_050).replace("E05011151", "E05011152")
    import_file(database, written(tmp_path, "new.csv", new))
    with database.reading() as session:
        assert place_of(session, "ZZ1 1AA").row.ward_code == "E05011152"
        assert place_of(session, "ZZ1 1AA").row.easting == 400_050
        assert place_of(session, "ZZ1 1AB").row.ward_code == "E05011151"


def test_a_postcode_twice_in_a_file_counts_as_its_last_row_says(database: Database, tmp_path: Path) -> None:
    twice = ROW.format("ZZ1 1AA", 400_000, 300_000) + ROW.format("ZZ11AA", 400_009, 300_000)
    assert import_file(database, written(tmp_path, "twice.csv", twice)).taken == 2
    with database.reading() as session:
        assert place_of(session, "zz1 1aa").row.easting == 400_009


def test_what_is_no_postcode_and_what_nobody_knows_are_each_a_sentence(database: Database) -> None:
    with database.reading() as session:
        with pytest.raises(UnknownPostcode, match=r"^ZZ9 9ZZ is not among the postcodes the portal knows\."):
            place_of(session, "zz99zz")
        with pytest.raises(ValueError, match="Enter a whole postcode"):
            place_of(session, "near the canal")


def test_the_neighbourhood_is_the_one_of_the_nearest_centre_unless_a_file_says_it(
    database: Database, tmp_path: Path
) -> None:
    points = [("ZZ1 1AA", 400_000, 300_000), ("ZZ1 1AB", 400_900, 300_000), ("ZZ1 1AC", 410_000, 300_000)]
    import_file(database, written(tmp_path, "points.csv", "".join(ROW.format(*each) for each in points)))
    with database.writing() as session:
        for number, easting in enumerate((399_900, 401_000), start=1):
            code = f"E0100000{number}"
            session.add(Area(code=code, kind=AreaKind.LSOA, name=f"N{number}", easting=easting, northing=300_000))
    with database.reading() as session:
        found = [place_of(session, postcode).lsoa for postcode, _, _ in points]
        assert [each.name if each else None for each in found] == ["N1", "N2", None]
    with database.writing() as session:
        place_of(session, "ZZ1 1AA").row.lsoa_code = "E01000002"
    with database.reading() as session:
        said = place_of(session, "ZZ1 1AA")
        assert said.lsoa is not None
        assert (said.lsoa.name, said.lsoa_by_centre) == ("N2", False)


def test_the_command_says_what_became_of_each_file(app: Flask, tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ROW.format("ZZ1 1AA", 400_000, 300_000) + ROW.format("nothing", 1, 2))
    written(tmp_path, "b.csv", "who,what\n1,2\n")
    result = app.test_cli_runner().invoke(args=["places", "import", str(tmp_path), "--year", "2025"])
    assert result.exit_code == 0, result.output
    assert "a.csv: Code-Point Open, 1 rows taken, 1 set aside." in result.output
    assert "   line 2: Enter a whole postcode" in result.output
    assert "b.csv: left out. This is none of the files of places that the portal reads." in result.output
    with app.extensions["database"].reading() as session:
        said = attributions(session)
    assert said[0] == "Contains Ordnance Survey data © Crown copyright and database right 2025."
    assert len(said) == 3


def test_a_command_that_read_nothing_fails(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["places", "import", str(written(tmp_path, "b.csv", "who,what\n1,2\n"))])
    assert result.exit_code == 1
    assert "Nothing was read." in result.output


def test_invented_places_have_no_licence_and_say_that_they_are_invented(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("pcds,oseast1m,osnrth1m,lat,long,osward\nZZ1 1AB,600249,540059,54.71565,1.10739,E05999001\n")
    report = import_file(database, path, invented=True)
    assert (report.taken, report.problem) == (1, "")
    with database.reading() as session:
        (only,) = attributions(session)
        assert place_of(session, "zz11ab").row.easting == 600_249
    assert "invented" in only
    assert "copyright" not in only

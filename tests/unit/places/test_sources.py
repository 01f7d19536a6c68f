"""Each official file is told by what it holds; what is wrong with a row is said of that row."""

from pathlib import Path

import pytest

from portal.places.models import AreaKind, SourceKind
from portal.places.sources import NotPlaces, Row, kind_of, opened

CODE_POINT = '"ZZ1 1AA",10,406523,286448,"E92000001","E19000001","E18000005","","E08000025","E05011151"\n'


def read(folder: Path, text: str | bytes) -> tuple[SourceKind, list[Row]]:
    path = folder / "file.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with opened(path) as source:
        return source.kind, list(source.rows)


def test_code_point_has_no_header(tmp_path: Path) -> None:
    kind, (row,) = read(tmp_path, CODE_POINT)
    assert kind is SourceKind.CODE_POINT
    assert row.values == {
        "postcode": "ZZ1 1AA",
        "outward": "ZZ1",
        "easting": 406_523,
        "northing": 286_448,
        "country_code": "E92000001",
        "county_code": None,
        "district_code": "E08000025",
        "ward_code": "E05011151",
    }


def test_quality_90_says_that_there_is_no_point(tmp_path: Path) -> None:
    _, (row,) = read(tmp_path, CODE_POINT.replace(",10,406523,286448", ",90,0,0"))
    assert row.values is not None
    assert (row.values["easting"], row.values["northing"]) == (None, None)


def test_the_lookup_of_national_statistics_gives_what_it_has_columns_for(tmp_path: Path) -> None:
    head = "pcd,pcds,oscty,oslaua,osward,rgn,ctry,lsoa21,oseast1m,osnrth1m,lat,long\n"
    line = "ZZ1 1AA,ZZ1 1AA,E10000028,E08000025,E05011151,E12000005,E92000001,E01033620,406523,286448,52.476,-1.905\n"
    kind, (row,) = read(tmp_path, "\ufeff" + head + line)
    assert kind is SourceKind.POSTCODE_LOOKUP
    assert row.values is not None
    assert row.values["lsoa_code"] == "E01033620"
    assert row.values["region_code"] == "E12000005"
    assert row.values["easting"] == 406_523


def test_degrees_alone_become_metres_that_a_better_file_may_replace(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("Postcode,lat,long\nZZ1 1AA,52.47667,-1.90353\n")
    with opened(path) as source:
        (row,) = source.rows
        assert source.rough == {"easting", "northing"}
    assert row.values is not None
    assert row.values["easting"] == pytest.approx(406_649, abs=10)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nonsense,52.4,-1.9", "Enter a whole postcode, such as EV1 2AB"),
        ("ZZ1 1AB,,", "it has no latitude and longitude"),
        ("ZZ1 1AB,99.999999,0.0", "its latitude and longitude lie outside the United Kingdom"),
        ("ZZ1 1AB", "it has no latitude and longitude"),
        ("=HYPERLINK(1),52.4,-1.9", "Enter a whole postcode, such as EV1 2AB"),
    ],
)
def test_a_row_that_is_not_in_its_form_is_set_aside_with_its_line(tmp_path: Path, line: str, why: str) -> None:
    _, rows = read(tmp_path, f"Postcode,lat,long\nZZ1 1AA,52.47667,-1.90353\n{line}\n")
    assert [each.line for each in rows] == [2, 3]
    assert (rows[1].values, rows[1].why) == (None, why)


def test_names_come_as_one_object(tmp_path: Path) -> None:
    kind, rows = read(tmp_path, '{"E05011151": "Ladywood", "M99999999": "Nowhere", "W05000001": "Aethwy"}')
    assert kind is SourceKind.NAMES
    assert [each.values["name"] for each in rows if each.values] == ["Ladywood", "Aethwy"]


def test_older_files_are_latin(tmp_path: Path) -> None:
    text = "lsoa11cd,lsoa11nm,lat,long\nW01000001,Ynys Môn 007C,53.3,-4.4\n".encode("cp1252")
    kind, (row,) = read(tmp_path, text)
    assert kind is SourceKind.LSOA_CENTRES
    assert row.values is not None
    assert row.values["name"] == "Ynys Môn 007C"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{", "{}", '{"E05011151": 4}', "\0\0\0", "PC,PQ,EA\nx,y,z\n"])
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotPlaces, match=r"^This .+\.$"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("code", "kind"),
    [("E05011151", AreaKind.WARD), ("E08000025", AreaKind.DISTRICT), ("E10000028", AreaKind.COUNTY)],
)
def test_an_area_is_told_by_its_code(code: str, kind: AreaKind) -> None:
    assert kind_of(code) is kind
    assert kind_of(code[:-1]) is None

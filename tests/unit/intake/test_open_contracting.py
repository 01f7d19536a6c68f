"""Packages of official notices: the real ones read whole, broken ones refused with the paths that are wrong."""

import json
import tracemalloc
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from jsonschema import Draft4Validator

from portal.challenges.intake import Fate, IncomingChallenge, NotReadable, RefusedRecord, read_file
from portal.challenges.intake.open_contracting.shape import CODES, SHAPES, faults
from portal.challenges.intake.reading import LARGEST_FILE

_PLACES = [parent / "shared" / "data" / "ocds" for parent in Path(__file__).parents]
DATA = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
real = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real data is absent")
FILES = {
    "contracts_finder_30_releases.json": 30,
    "find-a-tender/037689-2026_ocds.json": 1,
    "sample-data/fictional-example/1.1/ocds-213czf-000-00001.json": 1,
    "sample-data/fictional-example/1.1/record/ocds-213czf-000-00001.json": 1,
}

RELEASE: dict[str, Any] = {
    "ocid": "ocds-h6vhtk-00aa11",
    "id": "012345-2026",
    "date": "2026-05-05T09:30:00+01:00",
    "tag": ["tender"],
    "initiationType": "tender",
    "buyer": {"id": "GB-PPON-PABC-1234-DEFG", "name": "Westmark Council"},
    "parties": [{"id": "GB-PPON-PABC-1234-DEFG", "contactPoint": {"name": "A Person", "email": "a@b.example"}}],
    "tender": {
        "id": "T1",
        "title": "Cooler rooms",
        "description": "Rooms are hot.\r\nIt costs Â£40,000 a year â€“ too much.",
        "value": {"amount": 30000, "currency": "GBP"},
        "tenderPeriod": {"endDate": "2026-06-30T12:00:00Z"},
        "documents": [
            {"id": "7", "documentType": "biddingDocuments", "url": "https://a.example/pack"},
            {"id": "012345-2026", "documentType": "tenderNotice", "noticeType": "UK4", "url": "https://a.example/n"},
        ],
    },
}


def package(*releases: Any) -> dict[str, Any]:
    return {"uri": "https://a.example/p", "version": "1.1", "releases": list(releases)}


def read(folder: Path, content: Any) -> list[IncomingChallenge | RefusedRecord]:
    path = folder / "package.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return list(read_file(path))


def refused(folder: Path, content: Any) -> str:
    (found,) = read(folder, content)
    assert isinstance(found, RefusedRecord)
    return found.why


@real
@pytest.mark.parametrize("name", FILES)
def test_every_real_process_is_read_with_its_notices_and_no_person(name: str) -> None:
    found = [each for each in read_file(DATA / name) if isinstance(each, IncomingChallenge)]
    assert len(found) == FILES[name]
    assert found == list(read_file(DATA / name))
    for each in found:
        assert each.notices or "record" in name
        assert "\r" not in each.summary
        assert "â€" not in each.summary + each.title
        assert "Â£" not in each.summary
        assert not any("@" in entry.original for entry in each.account.entries)


def test_a_release_becomes_a_challenge_and_its_notice(tmp_path: Path) -> None:
    (found,) = read(tmp_path, package(RELEASE))
    assert isinstance(found, IncomingChallenge)
    assert (found.source, found.source_id) == ("open-contracting", "ocds-h6vhtk-00aa11")
    assert (found.title, found.sponsor, found.link) == ("Cooler rooms", "Westmark Council", "https://a.example/n")
    assert found.summary == "Rooms are hot.\nIt costs £40,000 a year – too much."
    assert found.closes is not None
    (notice,) = found.notices
    assert (notice.ocid, notice.number, notice.code) == ("ocds-h6vhtk-00aa11", "012345-2026", "UK4")
    assert notice.published_at.isoformat() == "2026-05-05T08:30:00+00:00"
    fates = {entry.field: entry for entry in found.account.entries}
    assert fates["tender/value"].original == "30,000 GBP"
    assert fates["parties"].fate is Fate.REFUSED
    assert fates["parties"].original == ""


def test_later_releases_are_laid_over_earlier_ones_in_the_order_of_their_dates(tmp_path: Path) -> None:
    later = {**RELEASE, "id": "012399-2026", "date": "2026-05-09T09:30:00Z", "tag": ["tenderUpdate"]}
    later["tender"] = {"id": "T1", "title": "Much cooler rooms", "status": "active"}
    for order in ([RELEASE, later], [later, RELEASE]):
        (found,) = read(tmp_path, package(*order))
        assert isinstance(found, IncomingChallenge)
        assert found.title == "Much cooler rooms"
        assert found.summary.startswith("Rooms are hot.")
        assert [each.number for each in found.notices] == ["012345-2026", "012399-2026"]


def test_a_record_brings_its_compiled_release(tmp_path: Path) -> None:
    compiled = {**RELEASE, "id": "ocds-h6vhtk-00aa11-2026", "tag": ["compiled"]}
    record = {"ocid": RELEASE["ocid"], "releases": [RELEASE], "compiledRelease": compiled}
    (found,) = read(tmp_path, {"version": "1.1", "records": [record]})
    assert isinstance(found, IncomingChallenge)
    assert [each.number for each in found.notices] == ["012345-2026"]
    links = {"ocid": RELEASE["ocid"], "releases": [{"url": "https://a.example/1", "date": RELEASE["date"]}]}
    assert "only links to its releases" in refused(tmp_path, {"records": [links]})


def without(*path: Any) -> dict[str, Any]:
    broken = deepcopy(RELEASE)
    within: Any = broken
    for step in path[:-1]:
        within = within[step]
    del within[path[-1]]
    return broken


BROKEN = [
    (without("ocid"), "/releases/0/ocid is missing"),
    (without("id"), "/releases/0/id is missing"),
    (without("tender", "id"), "/releases/0/tender/id is missing"),
    ({**RELEASE, "id": 7}, "/releases/0/id should be text"),
    ({**RELEASE, "ocid": ""}, "/releases/0/ocid is empty"),
    ({**RELEASE, "date": "5 May 2026"}, "/releases/0/date should be a date and time"),
    ({**RELEASE, "date": "2026-05-05T09:30:00"}, "/releases/0/date should be a date and time"),
    ({**RELEASE, "tag": "tender"}, "/releases/0/tag should be a list of the standard’s release tags"),
    ({**RELEASE, "tag": ["tendr"]}, "/releases/0/tag should be a list of the standard’s release tags"),
    ({**RELEASE, "tender": []}, "/releases/0/tender should be an object"),
    ({**RELEASE, "parties": {}}, "/releases/0/parties should be a list"),
    ({**RELEASE, "parties": [None]}, "/releases/0/parties/0 should be an object"),
    ({**RELEASE, "tender": {"id": "1", "status": "on"}}, "/releases/0/tender/status should be one of planning"),
    (
        {**RELEASE, "tender": {"id": "1", "value": {"amount": "£3"}}},
        "/releases/0/tender/value/amount should be a number",
    ),
    ({**RELEASE, "ocid": "local-portal-EV-2026-001"}, "which no official platform gave"),
    ("no release", "/releases/0 should be an object"),
    (None, "/releases/0 should be an object"),
]


@pytest.mark.parametrize(("release", "words"), BROKEN, ids=[words[:40] for _, words in BROKEN])
def test_a_broken_release_is_refused_with_the_path_that_is_wrong(tmp_path: Path, release: Any, words: str) -> None:
    why = refused(tmp_path, package(release))
    assert words in why
    assert why.endswith(".")


def test_a_broken_release_does_not_stop_the_rest_and_only_some_faults_are_named(tmp_path: Path) -> None:
    spoilt = {**RELEASE, "parties": [{"name": number} for number in range(2000)]}
    bad, good = read(tmp_path, package(spoilt, RELEASE))
    assert isinstance(good, IncomingChallenge)
    assert isinstance(bad, RefusedRecord)
    assert "/releases/0/parties/4/name" in bad.why
    assert "and 1,995 more" in bad.why
    assert len(bad.why) < 600


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (json.dumps(package(RELEASE))[:-40], "is cut off: its end is missing"),
        ("<html>Not found</html>", "is not JSON"),
        ("", "is empty"),
        (json.dumps({"version": "1.1"}), "no package of official notices"),
        ("[" * 200_000, "JSON of a size or depth"),
    ],
)
def test_a_file_that_is_no_package_is_refused_in_words(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(NotReadable, match=words):
        read(tmp_path, content)


def test_releases_that_are_no_list_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, {"releases": {"0": RELEASE}}) == "The package’s releases are not a list."
    assert refused(tmp_path, {"records": ["x"]}) == "/records/0 should be an object."


def test_a_file_of_50_megabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.write(json.dumps(package(RELEASE)).encode())
        file.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    try:
        with pytest.raises(NotReadable, match=f"larger than {LARGEST_FILE // 1024**2} MB"):
            read_file(path)
        assert tracemalloc.get_traced_memory()[1] < 1024**2
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    if not DATA.is_dir():
        pytest.skip("the folder of real data is absent")
    schema: dict[str, Any] = json.loads((DATA / "schema-1.1.5" / "release-schema.json").read_text())
    return schema


def test_the_table_of_shapes_is_the_official_schema(official: dict[str, Any]) -> None:
    for name, fields in SHAPES.items():
        theirs = official if name == "Release" else official["definitions"][name]
        known = set(theirs["properties"]) - {"changes"}
        assert fields.keys() == known, name
        assert {field for field, kind in fields.items() if kind.endswith("!")} == set(theirs.get("required", [])), name
        for field, kind in fields.items():
            described = theirs["properties"][field]
            plain = kind.strip("[]!")
            assert kind.startswith("[") is (described.get("type") == "array" and plain in SHAPES), (name, field)
            if plain in SHAPES:
                assert plain in str(described.get("$ref") or described["items"]["$ref"]), (name, field)
            if plain in CODES:
                codes = described.get("enum") or described["items"]["enum"]
                assert set(CODES[plain]) == set(codes) - {None}, (name, field)


VALUES: some.SearchStrategy[Any] = some.sampled_from(
    [None, "", "x", 7, 1.5, True, [], {}, [None], ["x"], [{}], {"id": 1}]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for name, each in inside for deeper in places(each, (*path, name)))]


@real
@settings(max_examples=150, deadline=None)
@given(data=some.data())
def test_what_the_official_schema_refuses_is_refused_here(data: some.DataObject) -> None:
    """Real releases with one value spoilt: whatever the official schema finds wrong, the table finds wrong too.

    Addresses, currencies, empty lists and repeated things are left to the official platform, which checked them.
    """
    releases = json.loads((DATA / "contracts_finder_30_releases.json").read_text())["releases"]
    release = deepcopy(data.draw(some.sampled_from(releases)))
    path = data.draw(some.sampled_from([path for path in places(release) if path and path[-1] != "currency"]))
    within = release
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = data.draw(VALUES)
    schema = Draft4Validator(json.loads((DATA / "schema-1.1.5" / "release-schema.json").read_text()))
    judged = [
        each for each in schema.iter_errors(release) if each.validator not in {"uniqueItems", "minItems", "format"}
    ]
    if judged:
        assert list(faults(release)), (path, judged[0].message)

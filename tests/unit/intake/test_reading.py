"""Files of challenges: what is taken, what is refused, and in which words."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.challenges.intake import Fate, IncomingChallenge, NotReadable, RefusedRecord, read_file


def written(folder: Path, content: object, name: str = "calls.json") -> Path:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_bytes(text.encode())
    return path


def feed(*records: object, **more: object) -> dict[str, object]:
    return {"_challenge": list(records), **more}


def only(path: Path) -> IncomingChallenge:
    (found,) = read_file(path)
    assert isinstance(found, IncomingChallenge), found
    return found


def fates(challenge: IncomingChallenge) -> dict[str, Fate]:
    return {entry.field: entry.fate for entry in challenge.account.entries}


RECORD: dict[str, Any] = {
    "challenge-id": "7",
    "challenge-title": " Cooler \n rooms ",
    "permalink": "https://a.example/7",
    "agency": "Office of Air",
    "tagline": "Keep wards cool.",
    "type-of-challenge": ["Ideas", "Ideas", " Hardware"],
    "total-prize-offered-cash": "Up to $5k",
    "submission-start": "2021/08/31",
    "submission-end": "2021/10/14 11:00 AM ET",
    "description": "<p>Hot.</p>",
    "prizes": "<p>Money.</p>",
    "how-to-enter": "<p>Ask <img src=x> <a href='{{ site.baseurl }}/form'>here</a>.</p>",
}


def test_a_record_becomes_a_challenge(tmp_path: Path) -> None:
    found = only(written(tmp_path, feed(RECORD, home_page_url="https://home.example/")))
    assert (found.position, found.source, found.source_id) == (1, "challenge.gov", "7")
    assert (found.title, found.sponsor, found.summary) == (
        "Cooler rooms",
        "Office of Air",
        "Keep wards cool.",
    )
    assert found.themes == ("Ideas", "Hardware")
    assert found.prize is not None
    assert (found.prize.minor, found.prize.currency, found.prize.is_ceiling) == (500_000, "USD", True)
    assert found.opens == date(2021, 8, 31)
    assert found.closes is not None
    assert found.closes.isoformat() == "2021-10-14T11:00:00-04:00"
    assert set(fates(found).values()) == {Fate.TAKEN}


def test_fields_that_share_a_section_stand_under_their_headings_with_their_addresses_completed(
    tmp_path: Path,
) -> None:
    found = only(written(tmp_path, feed(RECORD, home_page_url="https://home.example/")))
    notes = found.sections["notes"]
    assert notes.source_format == "html"
    assert notes.source.index("<h3>Prizes</h3>") < notes.source.index("<h3>How to enter</h3>")
    assert "href='https://home.example/form'" in notes.source
    (entry,) = (entry for entry in found.account.entries if entry.field == "how-to-enter")
    assert entry.words == "section notes; 1 unfinished addresses completed; 1 pictures not shown"


@pytest.mark.parametrize(
    ("field", "value", "fate"),
    [
        ("submission-end", "when it is done", Fate.NOTED),
        ("submission-end", "2021/08/30", Fate.NOTED),
        ("submission-end", 20211014, Fate.NOTED),
        ("total-prize-offered-cash", "a trophy", Fate.NOTED),
        ("total-prize-offered-cash", 5000, Fate.NOTED),
        ("permalink", "javascript:alert(1)", Fate.NOTED),
        ("challenge-id", "a b", Fate.NOTED),
        ("agency", {"name": "x"}, Fate.NOTED),
        ("type-of-challenge", "Ideas", Fate.TAKEN),
        ("type-of-challenge", ["Ideas", 3], Fate.NOTED),
        ("description", ["<p>"], Fate.NOTED),
        ("description", " \n ", Fate.REFUSED),
        ("description", None, Fate.REFUSED),
        ("type-of-challenge", [], Fate.REFUSED),
        ("point-of-contact", "a@b.example", Fate.REFUSED),
        ("card-image", "https://a.example/x.png", Fate.REFUSED),
        ("a-field-of-tomorrow", {"x": [1]}, Fate.NOTED),
    ],
)
def test_what_cannot_be_understood_is_noted_and_the_challenge_goes_on(
    tmp_path: Path, field: str, value: object, fate: Fate
) -> None:
    found = only(written(tmp_path, feed({**RECORD, field: value})))
    (entry,) = (entry for entry in found.account.entries if entry.field == field)
    assert entry.fate is fate
    assert entry.words
    if fate is Fate.NOTED:
        assert entry.original == (value if isinstance(value, str) else json.dumps(value))
    else:
        assert entry.original == ""


def test_a_record_without_title_or_shape_is_refused_and_the_rest_go_on(tmp_path: Path) -> None:
    untitled = {**RECORD, "challenge-title": "  "}
    results = list(read_file(written(tmp_path, feed("x", None, [], 3, {}, untitled, RECORD, RECORD))))
    refused = [result for result in results if isinstance(result, RefusedRecord)]
    assert [result.position for result in refused] == [1, 2, 3, 4, 5, 6, 8]
    assert refused[0].why == "The record is text, not an object with fields."
    assert refused[5].why == "The record has no title."
    assert refused[6].why == "It has the same identifier as record 7."
    assert isinstance(results[6], IncomingChallenge)


def test_the_digest_tells_a_changed_record_and_ignores_the_order_of_its_fields(tmp_path: Path) -> None:
    turned = dict(reversed(RECORD.items()))
    changed = {**RECORD, "card-image": "x"}
    digests = [only(written(tmp_path, feed(record))).digest for record in (RECORD, turned, changed)]
    assert digests[0] == digests[1] != digests[2]


def test_without_an_identifier_the_title_names_the_record(tmp_path: Path) -> None:
    record = {"challenge-title": "Cooler rooms"}
    first, second = (only(written(tmp_path, feed(record | extra))) for extra in ({}, {"tagline": "x"}))
    assert first.source_id == second.source_id
    assert first.source_id.startswith("title-")


def test_a_repeated_key_is_not_lost(tmp_path: Path) -> None:
    found = only(written(tmp_path, '{"_challenge": [{"challenge-title": "A", "tagline": "x", "tagline": "y"}]}'))
    assert found.summary == "x"
    assert [(entry.field, entry.original) for entry in found.account.noted] == [("tagline (2)", "y")]


def test_what_no_database_can_store_is_taken_out(tmp_path: Path) -> None:
    content = r'{"_challenge": [{"challenge-title": "A\u0000B\ud800", "x\u0000": ["\udfff", 1]}]}'
    found = only(written(tmp_path, content))
    assert found.title == "AB"
    assert [(entry.field, entry.original) for entry in found.account.noted] == [("x", '["", 1]')]


def test_lines_are_read_one_by_one_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    good = '{"source": "ukri", "id": "1", "title": "Grow", "sponsor": ["epsrc", "new"], "opens": null}'
    path = written(tmp_path, f'\ufeff{good}\r\n\r\nnonsense\n{{"title": "cut o', "calls.jsonl")
    first, broken, cut = read_file(path)
    assert isinstance(first, IncomingChallenge)
    assert (first.source, first.sponsor) == (
        "uk-funding-calls/ukri",
        "Engineering and Physical Sciences Research Council, new",
    )
    assert broken == RefusedRecord(2, "The line is not JSON (line 1, column 1).")
    assert cut == RefusedRecord(3, "The line is cut off: its end is missing.")


def test_one_line_alone_is_a_file_too(tmp_path: Path) -> None:
    assert only(written(tmp_path, '{"title": "Grow"}\n', "one.jsonl")).title == "Grow"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "calls.json is empty."),
        (" \n", "calls.json is empty."),
        ("<html></html>", "calls.json is not JSON (line 1, column 1)."),
        ('{"_challenge": [{"challenge-title": "A"', "calls.json is cut off: its end is missing."),
        ('{"_challenge": [{"challenge-title": "A', "calls.json is cut off: its end is missing."),
        ('[\n{"title": "A"},\n{"title": "B"}\n', "calls.json is cut off: its end is missing."),
        ("[]", "calls.json holds a list, not a feed with the key “_challenge” or JSON lines."),
        ("3", "calls.json holds a number, not a feed with the key “_challenge” or JSON lines."),
        (
            '{"_challenge": {}}',
            "calls.json: “_challenge” should be a list of challenges, but it is an object.",
        ),
        (
            '{"x": 1}',
            "calls.json is JSON, but no package of official notices, has no key “_challenge” and is no funding call.",
        ),
        ("[" * 100_000, "calls.json is JSON of a size or depth that nobody writes by hand."),
        ("9" * 5_000, "calls.json is JSON of a size or depth that nobody writes by hand."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once_in_a_sentence(
    tmp_path: Path, content: str, sentence: str
) -> None:
    with pytest.raises(NotReadable) as refusal:
        read_file(written(tmp_path, content))
    assert str(refusal.value) == sentence


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"\xff\xfe{\x00}\x00")
    with pytest.raises(NotReadable, match=r"^x\.json is not text in UTF-8 \(byte 1\)\.$"):
        read_file(tmp_path / "x.json")
    with pytest.raises(NotReadable, match="could not be opened"):
        read_file(tmp_path / "missing.json")
    with pytest.raises(NotReadable, match="could not be opened"):
        read_file(tmp_path)

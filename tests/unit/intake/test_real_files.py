"""The real files: nothing lost, every date and amount read, every text rendered."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from portal.challenges.intake import Fate, IncomingChallenge, read_file
from portal.challenges.intake.records import SECTIONS
from portal.text import plain, rich_text, words

_PLACES = [parent / "shared" / "data" / "challenges" for parent in Path(__file__).parents]
DATA = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
FILES = {"challenge_gov_open.json": 29, "uk_funding_challenges.jsonl": 182}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real data is absent")


def raw(name: str) -> list[dict[str, Any]]:
    content = (DATA / name).read_text(encoding="utf-8")
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in content.splitlines()]
    records: list[dict[str, Any]] = json.loads(content)["_challenge"]
    return records


def incoming(name: str) -> list[IncomingChallenge]:
    return [record for record in read_file(DATA / name) if isinstance(record, IncomingChallenge)]


@pytest.mark.parametrize("name", FILES)
def test_every_record_becomes_a_challenge_and_reading_again_says_the_same(name: str) -> None:
    assert len(incoming(name)) == FILES[name]
    assert incoming(name) == incoming(name)


@pytest.mark.parametrize("name", FILES)
def test_every_field_of_every_record_is_in_exactly_one_list(name: str) -> None:
    for record, challenge in zip(raw(name), incoming(name), strict=True):
        account = challenge.account
        listed = Counter(entry.field for entry in (*account.taken, *account.noted, *account.refused))
        assert listed == Counter(record.keys())
        assert all(entry.words for entry in account.entries)
        assert {e.field: e.original for e in account.noted} == {e.field: record[e.field] for e in account.noted}


@pytest.mark.parametrize("name", FILES)
def test_no_date_amount_or_theme_of_the_files_is_left_unread(name: str) -> None:
    fields = {"submission-start", "submission-end", "opens", "closes", "total-prize-offered-cash"}
    fields |= {"type-of-challenge", "topics", "sponsor", "agency"}
    for challenge in incoming(name):
        for entry in challenge.account.entries:
            if entry.field in fields:
                assert entry.fate is Fate.TAKEN or entry.words == "It is empty.", entry


def test_every_form_of_date_in_the_files_is_in_the_table_of_forms() -> None:
    from_table = re.findall(r'^    "(\d{4}.*?)": ', (Path(__file__).parent / "test_dates.py").read_text(), re.MULTILINE)
    fields = ("submission-start", "submission-end", "opens", "closes")
    found = {record[field] for name in FILES for record in raw(name) for field in fields if record.get(field)}
    assert {_form(text) for text in found} <= {_form(text) for text in from_table}


@pytest.mark.parametrize("name", FILES)
def test_every_section_belongs_to_a_brief_and_renders_with_all_its_words(name: str) -> None:
    for challenge in incoming(name):
        assert set(challenge.sections) <= set(SECTIONS)
        for passage in challenge.sections.values():
            assert "{{" not in passage.source
            html = rich_text(passage.source, passage.source_format).html
            assert words(plain(html)) == words(plain(passage.source))


def _form(text: str) -> str:
    return re.sub(r"(AM|PM)", "AM", re.sub(r"\d", "9", text))

"""The demonstration texts keep to their rules, and a wrong text is refused by file and key."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from portal.demo.library import TEXTS, load
from portal.demo.reading import TextError
from portal.demo.rules import RELEASE_KINDS, STATES
from portal.demo.shapes import Brief, Challenge, Library, Mark

LISTED = {
    "owner", "owner2", "procurement", "procurement2", "budget", "assessor1", "assessor2", "assessor3", "adviser",
    "coordinator", "guest", "sme1", "sme2", "sme3", "sme4", "sme5", "sme6", "authority-admin", "admin",
}  # fmt: skip
PILOT_THEMES = {
    "Local food producers and logistics",
    "Public consultation",
    "Mobility hubs",
    "Transport for people with learning disabilities",
    "Adult social care information",
}
THRESHOLDS = {"local_authority": 207720, "university": 207720, "housing_association": 207720, "nhs": 135018}
QUORUM = 2
LONG_ENOUGH_TO_BE_NOTICED_TWICE = 45


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def texts_of(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from texts_of(item)
    elif is_dataclass(thing):
        for field in fields(thing):
            bank_or_chosen = field.name == "criteria" or (isinstance(thing, Brief) and field.name == "question")
            if not bank_or_chosen:
                yield from texts_of(getattr(thing, field.name))


def test_every_state_and_every_honest_end_of_both_pathways_is_there(library: Library) -> None:
    shown = {(challenge.pathway, challenge.state) for challenge in library.challenges}
    ends = ("no_solution", "not_funded", "withdrawn")
    assert shown == {(pathway, state) for pathway, states in STATES.items() for state in (*states, *ends)}


def test_every_release_kind_is_there_and_each_pathway_has_all_five(library: Library) -> None:
    for pathway in STATES:
        kinds = {challenge.release_kind for challenge in library.challenges if challenge.pathway == pathway}
        assert kinds == set(RELEASE_KINDS)


def test_the_five_themes_of_the_pilot_are_there(library: Library) -> None:
    themes = {challenge.theme for challenge in library.challenges}
    assert themes >= PILOT_THEMES


def test_a_brief_asks_the_question_that_was_chosen(library: Library) -> None:
    for challenge in library.challenges:
        if challenge.brief and challenge.chosen_question:
            assert challenge.brief.question == challenge.questions[challenge.chosen_question - 1], challenge.key


def test_the_accounts_shown_on_the_sign_in_page_are_those_promised(library: Library) -> None:
    assert {person.key for person in library.people if person.listed} == LISTED
    assert all(person.email == f"{person.key}@demo.example" for person in library.people)


def test_every_authority_can_walk_a_pathway_with_different_people(library: Library) -> None:
    for authority in library.region.authorities:
        staff = [person for person in library.people if person.organisation == authority.key]
        for role in ("challenge_owner", "procurement_officer", "budget_holder"):
            assert any(person.roles == (role,) for person in staff), f"{authority.key} has no {role}"


def test_every_firm_can_be_signed_in_for(library: Library) -> None:
    assert {firm.key for firm in library.firms} <= {person.organisation for person in library.people}


def test_sole_traders_have_no_company_number_and_others_have_eight_characters(library: Library) -> None:
    for firm in library.firms:
        length = len(firm.company_number or "")
        assert length == (0 if firm.kind == "sole_trader" else 8), firm.key


def test_no_text_is_used_twice_and_none_is_filler(library: Library) -> None:
    texts = [text for part in (library.firms, library.challenges) for text in texts_of(part)]
    counted = Counter(text for text in texts if len(text) > LONG_ENOUGH_TO_BE_NOTICED_TWICE)
    assert [text for text, times in counted.items() if times > 1] == []
    assert not [text for text in texts if "lorem" in text.lower() or "todo" in text.lower()]


def test_values_below_threshold_are_below_it(library: Library) -> None:
    kinds = {authority.key: authority.kind for authority in library.region.authorities}
    for challenge in library.challenges:
        if challenge.release_kind == "below_threshold":
            assert challenge.value.total_pounds < THRESHOLDS[kinds[challenge.authority]], challenge.key


def marked(challenge: Challenge) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    for answer in challenge.responses:
        if answer.outcome in ("chosen", "not_chosen", "partner"):
            yield f"{challenge.key}: {answer.firm}", answer.marks
    if challenge.event and challenge.event.chosen:
        for prototype in challenge.event.prototypes:
            yield f"{challenge.key}: prototype of {prototype.firm}", prototype.marks


def test_whoever_was_judged_has_whole_scores_from_two_assessors_without_wide_spreads(library: Library) -> None:
    for challenge in library.challenges:
        criteria = {criterion.key for criterion in challenge.criteria}
        for what, marks in marked(challenge):
            by_assessor = Counter(mark.assessor for mark in marks)
            assert len(by_assessor) >= QUORUM, what
            assert set(by_assessor.values()) == {len(criteria)}, what
            for criterion in criteria:
                scores = [mark.score for mark in marks if mark.criterion == criterion]
                assert max(scores) - min(scores) <= 1, f"{what}, {criterion}"


def test_no_assessor_who_stood_down_scored(library: Library) -> None:
    for challenge in library.challenges:
        stood_down = {item.person for item in challenge.conflicts if item.decision.startswith("Stood down")}
        assert stood_down.isdisjoint(challenge.assessors), challenge.key


def test_a_business_case_is_within_its_budget_holders_limit(library: Library) -> None:
    limits = {person.organisation: person.limit_pounds or 0 for person in library.people if person.limit_pounds}
    for challenge in library.challenges:
        if challenge.business_case:
            assert challenge.business_case.amount_pounds <= limits[challenge.authority], challenge.key


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("firms.toml", "headcount = 14", "headcounts = 14", "firms.toml: firms[0].headcounts: no such key"),
        ("firms.toml", "headcount = 14", 'headcount = "14"', "firms.toml: firms[0].headcount: should be int, not str"),
        ("region.toml", 'place = "Marlshire"', 'place = " "', "region.toml.place: is empty"),
        ("region.toml", 'place = "Marlshire"', "", "region.toml.place: is missing"),
        ("people.toml", '"hedgerow-ledger"', '"hedge"', "people.toml: sme1.organisation: no organisation hedge"),
        ("challenges/lift-is-out.toml", '["people", 50]', '["people", 40]', "lift-is-out.toml: criteria: the weights"),
        ("challenges/lift-is-out.toml", 'firm = "softlatch"', 'firm = "soft"', "lift-is-out.toml: responses.firm"),
        ("challenges/lift-is-out.toml", 'owner = "owner-kestlewell"', 'owner = "owner"', "lift-is-out.toml: owner"),
        ("challenges/lift-is-out.toml", '["assessor2", "people", 2', '["adviser", "people", 2', "not on the panel"),
        ("challenges/lift-is-out.toml", 'out_of_scope = "Repairing lifts."', "", "brief.out_of_scope: is missing"),
        ("challenges/lift-is-out.toml", 'key = "lift-is-out"', 'key = "lift"', "lift-is-out.toml: key"),
        ("challenges/lift-is-out.toml", "deadline = -62", "deadline = -72", "timetable.deadline: too soon"),
        (
            "challenges/interpreter-tonight.toml",
            '["assessor3", "cost"',
            '["assessor3", "fit"',
            "assessor3 does not judge fit",
        ),
        (
            "challenges/finding-care-help.toml",
            'left = [["lantern-table"',
            'left = [["softlatch"',
            "softlatch is no partner",
        ),
        (
            "challenges/thirsty-trees.toml",
            'state = "open"',
            'state = "withdrawn"\nended_from = "open"\nend_reason = "Rain."',
            "incidents: its own round must still be open",
        ),
        (
            "region.toml",
            "second_decider_from_pounds = 100000",
            "second_decider_from_pounds = 200000",
            "business_case.first_note: hospitals wants one person",
        ),
        (
            "people.toml",
            'organisation = "hospitals"\nroles = ["budget_holder"]',
            'organisation = "hospitals"\nroles = ["challenge_owner"]',
            "business_case.first_note: hospitals wants one person for such an amount, or has no second",
        ),
    ],
)
def test_a_wrong_text_is_refused_by_file_and_key(tmp_path: Path, file: str, old: str, new: str, complaint: str) -> None:
    copy = Path(shutil.copytree(TEXTS, tmp_path / "texts"))
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TextError) as refused:
        load(copy)
    assert complaint in str(refused.value)

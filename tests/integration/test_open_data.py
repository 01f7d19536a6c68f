"""What is published of challenges at every state: valid by the official schemas, merged as the standard merges."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft4Validator
from ocdsmerge import Merger
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.pathway import Pathway
from portal.db import Database
from portal.law.releases import ReleaseKind
from portal.open_data import views
from portal.open_data.publisher import publisher
from portal.open_data.publishing import compiled, note, publish
from portal.open_data.queries import releases_of
from tests.support import make, open_contracting
from tests.support.world import World
from tests.support.world.stories import DRAFTED, SUBMITTED


@pytest.fixture
def schemas() -> None:
    if not open_contracting.FOLDER.exists():
        pytest.skip("The official schemas lie in the shared folder of real data, which is not here.")


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    """A session that is never committed: the world stays as it was."""
    database: Database = world.app.extensions["database"]
    with database.session(writing=True) as opened:
        yield opened
        opened.rollback()


def released(session: Session) -> list[Challenge]:
    return list(session.scalars(select(Challenge).where(Challenge.released_at.is_not(None)).order_by(Challenge.id)))


@pytest.mark.usefixtures("schemas")
def test_what_is_published_at_each_state_is_valid(session: Session) -> None:
    challenges = released(session)
    assert len({challenge.state for challenge in challenges}) > 8
    for challenge in challenges:
        release = json.loads(publish(session, challenge, ["tender"]).content)
        assert list(open_contracting.faults(release)) == [], challenge.state


DIRECT = ("open", "assessment", "tender", "tender_assessment", "award", "activated", "no_solution", "withdrawn")


@pytest.mark.usefixtures("schemas")
@pytest.mark.parametrize("kind", ReleaseKind)
def test_what_is_published_on_the_direct_pathway_is_valid_too(session: Session, kind: ReleaseKind) -> None:
    """The stories above walk the showcase; here every kind of release stands at each state of the other pathway."""
    for state in DIRECT:
        challenge = make.challenge(session, state=state, pathway=Pathway.DIRECT, release_kind=kind)
        challenge.released_at = challenge.released_at or challenge.created_at
        releases = [publish(session, challenge, ["tender"]), publish(session, challenge, ["tenderUpdate"])]
        for each in (*(json.loads(each.content) for each in releases), compiled(releases)):
            assert list(open_contracting.faults(each)) == [], (state, kind)


@pytest.mark.usefixtures("schemas")
def test_releases_merge_into_their_record(session: Session) -> None:
    for challenge in released(session):
        first = publish(session, challenge, ["tender"])
        challenge.title = f"{challenge.title}, in other words"
        releases = [first, publish(session, challenge, ["tenderUpdate"])]
        ours = compiled(releases)
        theirs = Merger(open_contracting.release_schema()).create_compiled_release(
            [json.loads(each.content) for each in releases]
        )
        assert ours == theirs
        assert list(open_contracting.faults(ours)) == []


def test_nothing_sealed_or_personal_is_published(session: Session) -> None:
    for challenge in released(session):
        content = publish(session, challenge, ["tender"]).content.lower()
        for word in (DRAFTED.text, DRAFTED.file_name, SUBMITTED.text, SUBMITTED.file_name, "@", "score"):
            assert word not in content, challenge.state
        if challenge.state in {"open", "assessment", "support", "showcase", "business_case", "tender"}:
            assert '"supplier"' not in content, challenge.state
            assert "finalstagebids" not in content, challenge.state


def test_every_page_leads_to_the_next_and_nothing_is_told_twice(
    app: Flask, client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    with database.writing() as session:
        told = [publish(session, make.challenge(session, state="open"), ["tender"]).release_id for _ in range(5)]
    read, address = [], "/open-data/releases.json"
    while address:
        answer = client.get(address)
        assert answer.json is not None
        assert answer.json["uri"].endswith(address)
        read += [each["id"] for each in answer.json["releases"]]
        address = answer.json.get("links", {}).get("next", "").removeprefix("http://localhost")
    assert read == told


@pytest.mark.usefixtures("schemas")
@pytest.mark.parametrize("kind", ["release", "record"])
def test_a_package_is_valid(client: FlaskClient, database: Database, kind: str) -> None:
    with database.writing() as session:
        name = publish(session, make.challenge(session, state="open"), ["tender"]).release_id
    address = f"releases/{name}" if kind == "release" else f"records/{name.removesuffix('-001')}"
    schema = json.loads((open_contracting.FOLDER / f"schema-1.1.5/{kind}-package-schema.json").read_text())
    schema["properties"][f"{kind}s"].pop("items")  # what is in it, other tests hold against the extended schema
    answer = client.get(f"/open-data/{address}.json")
    assert list(Draft4Validator(schema).iter_errors(answer.json)) == []
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", ["releases/local-portal-XX-001", "records/local-portal-XX", "records/%00"])
def test_what_was_never_published_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"/open-data/{address}.json").status_code == 404


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30])
def test_a_page_that_nobody_was_given_is_just_empty_or_the_first(client: FlaskClient, after: str) -> None:
    assert client.get(f"/open-data/releases.json?after={after}").status_code == 200


def test_the_table_has_a_row_a_challenge_and_no_formula(
    client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_STRETCH", 2)
    with database.writing() as session:
        for number in range(5):
            challenge = make.challenge(session, state="open", title=f"=cmd|'/c calc'!A{number}")
            publish(session, challenge, ["tender"])
            publish(session, challenge, ["tenderUpdate"])
    rows = list(csv.DictReader(io.StringIO(client.get("/open-data/challenges.csv").text)))
    assert [row["title"] for row in rows] == [f"'=cmd|'/c calc'!A{number}" for number in range(5)]
    assert {row["status"] for row in rows} == {"active"}


def test_the_export_holds_everything(app: Flask, database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        told = [publish(session, make.challenge(session, state="open"), ["tender"]).release_id for _ in range(3)]
    said = app.test_cli_runner().invoke(args=["open-data", "export", str(tmp_path / "all.json")])
    assert said.output == "3 releases written.\n"
    assert [each["id"] for each in json.loads((tmp_path / "all.json").read_text())["releases"]] == told


def test_the_export_of_nothing_is_a_package_too(app: Flask, tmp_path: Path) -> None:
    app.test_cli_runner().invoke(args=["open-data", "export", str(tmp_path / "all.json")])
    assert json.loads((tmp_path / "all.json").read_text())["releases"] == []


def test_an_event_is_published_with_its_transaction_or_not_at_all(database: Database) -> None:
    with database.writing() as session:
        challenge = make.challenge(session, state="open")
    for undone in (True, False):
        with database.session(writing=True) as session:
            subject = session.get_one(Challenge, challenge.id)
            note(session, machine="challenge", move="extend", subject=subject, before="open")
            if undone:
                session.rollback()
            session.commit()
        with database.reading() as session:
            assert len(releases_of(session, publisher().ocid(challenge.reference))) == (0 if undone else 1)

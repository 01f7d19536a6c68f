"""What the public and an auditor are told of the outcomes of social value a brief asked for."""

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.challenges.models import RoundKind
from portal.challenges.queries import round_of
from portal.db import Database
from portal.open_data.models import PublishedRelease
from portal.open_data.publishing import compiled
from portal.partnerships.plans import Seen
from portal.partnerships.services import benefits as services
from tests.support import open_contracting
from tests.support.partnered import SIGNED, Partners, partners
from tests.support.people import signed_in


@pytest.fixture
def made(database: Database) -> Partners:
    """Two partners whose brief asked for skills."""
    with database.writing() as session:
        made = partners(session, firms=2)
        found = round_of(session, made.award.challenge(session), RoundKind.CHALLENGE)
        assert found is not None
        criterion = found.criteria[-1]
        criterion.name, criterion.question, criterion.social_outcome = "Skills that stay", "Who learns?", "skills"
        return made


def outcome_of(session: Session, made: Partners) -> int:
    found = round_of(session, made.award.challenge(session), RoundKind.CHALLENGE)
    assert found is not None
    return found.criteria[-1].id


def releases(session: Session, made: Partners) -> list[PublishedRelease]:
    rows = select(PublishedRelease).where(PublishedRelease.challenge_id == made.award.challenge_id)
    return list(session.scalars(rows.order_by(PublishedRelease.number)))


@pytest.fixture
def reported(database: Database, made: Partners) -> Partners:
    """The first firm's report is confirmed; another waits, and one benefit the authority keeps to itself."""
    with database.writing() as session:
        contract, officer, firm = made.contract(session), made.officer(session), made.firm(session)
        seen = Seen(SIGNED, "Two repair alone", "Their tutor watched", criterion_id=outcome_of(session, made))
        services.confirm_benefit(session, officer, services.report_benefit(session, firm, contract, seen))
        services.report_benefit(session, firm, contract, seen)
    with database.writing() as session:
        kept = Seen(SIGNED, "Kept back", "Counted", 100, outcome_of(session, made), shown_to_firm=False)
        services.see_benefit(session, made.officer(session), made.contract(session), kept)
        services.see_benefit(session, made.officer(session), made.contract(session), Seen(SIGNED, "Fewer calls", "B"))
    return made


def test_open_data_carries_outcomes_and_what_became_of_them(database: Database, reported: Partners) -> None:
    with database.reading() as session:
        told = releases(session, reported)
        assert [each.tags for each in told][1:] == ["implementation"]
        bodies = [json.loads(each.content) for each in told]
    body = bodies[-1]
    (target,) = body["tender"]["targets"]
    assert (target["title"], target["description"]) == ("Skills that stay", "Who learns?")
    first, second = body["contracts"]
    assert first["agreedMetrics"] == second["agreedMetrics"] == [target]
    (metric,) = first["implementation"]["metrics"]
    (observation,) = metric["observations"]
    assert metric["id"] == target["id"]
    assert observation["period"]["startDate"] == "2026-11-23T00:00:00+00:00"
    assert observation["notes"] == "Reported by the supplier and confirmed by the buyer."
    assert "metrics" not in second.get("implementation", {})
    assert "metrics" not in bodies[0]["contracts"][0].get("implementation", {})
    for word in ("Two repair alone", "Their tutor watched", "Kept back", "Fewer calls"):
        assert word not in json.dumps(bodies)


def test_what_is_told_of_outcomes_is_valid_and_merges(database: Database, reported: Partners) -> None:
    if not open_contracting.FOLDER.exists():
        pytest.skip("The official schemas lie in the shared folder of real data, which is not here.")
    with database.reading() as session:
        told = releases(session, reported)
        for each in (*(json.loads(each.content) for each in told), compiled(told)):
            assert list(open_contracting.faults(each)) == []


def test_the_table_names_the_outcomes(app: Flask, reported: Partners) -> None:
    (row,) = csv.DictReader(io.StringIO(app.test_client().get("/open-data/challenges.csv").text))
    assert (row["social_outcomes"], row["social_outcomes_seen"]) == ("Skills that stay", "Skills that stay")


def test_the_table_has_days_as_days_and_its_columns_explained(app: Flask, reported: Partners) -> None:
    client = app.test_client()
    (row,) = csv.DictReader(io.StringIO(client.get("/open-data/challenges.csv").text))
    assert date.fromisoformat(row["signed"]).isoformat() == row["signed"]
    page = client.get("/open-data").text
    assert all(f"<dt>{column}</dt>" in page for column in row)


def test_the_audit_pack_holds_every_benefit(app: Flask, database: Database, reported: Partners) -> None:
    with database.reading() as session:
        officer = session.get_one(Person, reported.award.officer_id)
        reference = reported.award.challenge(session).reference
    answer = signed_in(app, officer).post(f"/challenges/{reference}/audit")
    kept = json.loads(ZipFile(io.BytesIO(answer.data)).read("social-value.json"))
    assert [each["name"] for each in kept["asked_for"]] == ["Skills that stay"]
    assert [(each["what"], each["state"], each["outcome"]) for each in kept["benefits"]] == [
        ("Two repair alone", "seen", "Skills that stay"),
        ("Two repair alone", "told", "Skills that stay"),
        ("Kept back", "seen", "Skills that stay"),
        ("Fewer calls", "seen", None),
    ]

"""The procurement register: who sees what, what narrows and orders it, and what is taken away of it."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.db import Database, clock
from portal.law.releases import ReleaseKind
from portal.network.options import NetworkOption
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.procurement.models import LegalDate
from tests.support import make, networked
from tests.support.awarded import MONDAY, award
from tests.support.people import signed_in


@pytest.fixture
def scene(database: Database) -> dict[str, Any]:
    """Two authorities: ours with a contract that runs and two dates, the other with one of each."""
    with database.writing() as session:
        ours = award(session, title="Ours with a contract")
        ours.signed(session, date(2026, 11, 2))
        challenge = ours.challenge(session)
        late = make.challenge(session, lead=session.get_one(Organisation, challenge.lead_id), title="=Ours and late")
        kept(session, late.id, "termination", date(2026, 11, 1), asks=True)
        kept(session, late.id, "deadline", date(2027, 1, 15))
        theirs = award(session, ReleaseKind.BELOW_THRESHOLD, 1_000_000, title="Theirs")
        hidden = make.challenge(session, lead=session.get_one(Organisation, theirs.challenge(session).lead_id))
        hidden.title = "Theirs, not released"
        kept(session, theirs.challenge_id, "decision", date(2026, 11, 28), asks=True)
        kept(session, theirs.challenge_id, "details", date(2026, 11, 27), asks=True)
        people = {
            "officer": session.get_one(Person, ours.officer_id),
            "coordinator": make.person_as(session, Role.COORDINATOR),
            "firm": session.get_one(Person, ours.people[0]),
        }
        return {"people": people, "late": late.reference, "lead": session.get_one(Organisation, late.lead_id).reference}


def kept(session: Session, challenge: int, key: str, day: date, *, asks: bool = False) -> None:
    row = LegalDate(challenge_id=challenge, key=key, number=7, day=day, asks=asks, notice=asks, met=False)
    row.remind_on = day
    session.add(row)


def page(app: Flask, person: Any, query: str = "") -> str:
    return " ".join(signed_in(app, person).get(f"/procurement{query}").text.split())


def test_an_officer_sees_their_own_and_the_overdue_first(app: Flask, scene: dict[str, Any]) -> None:
    text = page(app, scene["people"]["officer"])
    assert text.index("=Ours and late") < text.index("Ours with a contract")
    assert "Theirs" not in text
    assert "Publish the contract termination notice (UK11), since 1 November 2026" in text
    assert "15 January 2027" in text
    assert "C-2026-7: at work" in text


def test_a_coordinator_sees_what_the_public_may_know(app: Flask, scene: dict[str, Any]) -> None:
    text = page(app, scene["people"]["coordinator"])
    assert "Theirs" in text
    assert "not released" not in text
    assert "28 November 2026" in text
    assert "UK7" not in text
    assert "UK11" not in text


def test_a_firm_sees_no_register(app: Flask, scene: dict[str, Any]) -> None:
    for path in ("/procurement", "/procurement.csv", "/procurement.xlsx"):
        assert signed_in(app, scene["people"]["firm"]).get(path).status_code == 403


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("show=overdue", {"=Ours and late"}),
        ("show=soon", {"Ours with a contract"}),
        ("show=contracts", {"Ours with a contract"}),
        ("show=ending", set()),
        ("kind=exempt", set()),
        ("kind=nonsense&show=nonsense&order=nonsense", {"=Ours and late", "Ours with a contract"}),
        ("order=end", {"=Ours and late", "Ours with a contract"}),
        ("order=changed", {"=Ours and late", "Ours with a contract"}),
        ("authority=NOBODY", set()),
    ],
)
def test_filters_stay_in_the_address(app: Flask, scene: dict[str, Any], query: str, shown: set[str]) -> None:
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        text = page(app, scene["people"]["officer"], f"?{query}")
        found = {title for title in ("=Ours and late", "Ours with a contract") if title in text}
        assert found == shown
        rows = read_csv(app, scene, f"?{query}")
        assert {row["Challenge"].removeprefix("'") for row in rows} == shown


def test_a_contract_that_ends_within_six_months_is_found(app: Flask, scene: dict[str, Any]) -> None:
    with clock.stopped_at(MONDAY + timedelta(days=30)):
        assert "Ours with a contract" in page(app, scene["people"]["officer"], "?show=ending")


def read_csv(app: Flask, scene: dict[str, Any], query: str = "") -> list[dict[str, str]]:
    text = signed_in(app, scene["people"]["officer"]).get(f"/procurement.csv{query}").text
    return list(csv.DictReader(io.StringIO(text)))


def test_a_title_that_looks_like_a_formula_is_made_inert(app: Flask, scene: dict[str, Any]) -> None:
    first = read_csv(app, scene)[0]
    assert first["Challenge"] == "'=Ours and late"
    assert first["Overdue"] == "Publish the contract termination notice (UK11) (2026-11-01)"
    answer = signed_in(app, scene["people"]["officer"]).get("/procurement.xlsx")
    with ZipFile(io.BytesIO(answer.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "=Ours and late" in book.read("xl/sharedStrings.xml").decode()


def test_the_contract_is_a_row_with_its_end(app: Flask, scene: dict[str, Any]) -> None:
    row = next(each for each in read_csv(app, scene) if each["Contract"])
    assert (row["Contract"], row["Signed"], row["Contract ends"]) == ("C-2026-7", "2026-11-02", "2027-06-23")
    assert row["Contract value, £"] == "40000"


def test_a_page_far_behind_the_last_is_empty_and_no_fault(app: Flask, scene: dict[str, Any]) -> None:
    assert "Nothing to show" in page(app, scene["people"]["officer"], "?page=99999")


@pytest.fixture
def plans(database: Database, scene: dict[str, Any]) -> None:
    """Our body plans what follows two agreements of today and one of the past; another body plans one too."""
    with database.writing() as session:
        ours = session.scalars(select(Organisation).where(Organisation.reference == scene["lead"])).one()
        theirs = make.authority(session)
        for body, title, contract, framework in (
            (ours, "Mowing", date(2027, 9, 30), date(2027, 2, 28)),
            (ours, "=Painting", date(2026, 12, 31), None),
            (ours, "Long over", date(2025, 3, 31), date(2025, 3, 31)),
            (theirs, "Their laundry", None, date(2027, 1, 31)),
        ):
            networked.need(session, body, title=title, contract_ends_on=contract, framework_ends_on=framework)
        networked.tries(session, ours, NetworkOption.SHARED_NEED)
        networked.tries(session, theirs, NetworkOption.SHARED_NEED)


def test_agreements_of_today_that_run_out_stand_below_soonest_first(
    app: Flask, scene: dict[str, Any], plans: None
) -> None:
    with clock.stopped_at(MONDAY):
        text = page(app, scene["people"]["officer"])
        assert text.index("=Painting") < text.index("31 December 2026") < text.index("Mowing")
        assert "28 February 2027" in text
        assert "Long over" not in text
        assert "Their laundry" not in text
        assert "Mowing" not in page(app, scene["people"]["officer"], "?show=overdue")
        soon = page(app, scene["people"]["officer"], "?show=ending")
        assert "Mowing" in soon
        assert "=Painting" in soon
        assert "=Painting" not in page(app, scene["people"]["officer"], "?show=soon")
        every = page(app, scene["people"]["coordinator"])
        assert every.index("=Painting") < every.index("Their laundry") < every.index("Mowing")


def test_the_files_have_the_ends_of_frameworks_too(app: Flask, scene: dict[str, Any], plans: None) -> None:
    with clock.stopped_at(MONDAY):
        rows = [row for row in read_csv(app, scene) if row["Planned purchase"]]
        told = [(row["Planned purchase"], row["Contract ends"], row["Framework ends"]) for row in rows]
        assert told == [("'=Painting", "2026-12-31", ""), ("Mowing", "2027-09-30", "2027-02-28")]
        answer = signed_in(app, scene["people"]["officer"]).get("/procurement.xlsx")
        with ZipFile(io.BytesIO(answer.data)) as book:
            assert "Mowing" in book.read("xl/sharedStrings.xml").decode()


def test_a_body_that_has_the_option_off_shows_no_plans(app: Flask, scene: dict[str, Any], database: Database) -> None:
    with database.writing() as session:
        ours = session.scalars(select(Organisation).where(Organisation.reference == scene["lead"])).one()
        networked.need(session, ours, title="Mowing", contract_ends_on=date(2030, 1, 1))
    assert "Mowing" not in page(app, scene["people"]["officer"])


def test_the_columns_of_the_files_are_explained_beside_them(app: Flask, scene: dict[str, Any]) -> None:
    text = page(app, scene["people"]["officer"])
    assert "What the columns mean" in text
    for column in read_csv(app, scene)[0]:
        assert f"<dt>{column}</dt>" in text

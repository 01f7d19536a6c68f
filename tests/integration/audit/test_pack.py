"""The audit pack: what is in it, that its digests are right, who may take it, and what never is in it."""

import hashlib
import io
import json
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from portal import outbox
from portal.accounts.models import Person
from portal.challenges.queries import round_of
from portal.db import Database, clock
from portal.journal.models import JournalEntry
from portal.law.notices import NoticeKind
from portal.notices import services as noticing
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.support import make
from tests.support.awarded import MONDAY, award
from tests.support.people import signed_in

CANARY = "Zaunkönig-7391"


def taken(app: Flask, person: Any, reference: str) -> ZipFile:
    answer = signed_in(app, person).post(f"/challenges/{reference}/audit")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    return ZipFile(io.BytesIO(answer.data))


@pytest.fixture
def scene(database: Database, app: Flask) -> dict[str, Any]:
    with clock.stopped_at(MONDAY), database.writing() as session:
        made = award(session)
        asked = round_of(session, made.challenge(session))
        assert asked is not None
        asked.opened_at = clock.now()
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        made.publish(session, NoticeKind.UK6)
        made.signed(session, date(2026, 11, 23))
        elsewhere = make.person_as(session, Role.PROCUREMENT_OFFICER, make.authority(session))
        people = {"officer": session.get_one(Person, made.officer_id), "owner": session.get_one(Person, made.owner_id)}
        return {"made": made, "elsewhere": elsewhere, "reference": made.challenge(session).reference} | people


def test_every_file_has_its_digest_in_the_manifest(app: Flask, scene: dict[str, Any]) -> None:
    pack = taken(app, scene["officer"], scene["reference"])
    manifest = json.loads(pack.read("manifest.json"))
    assert {each["name"] for each in manifest["files"]} == set(pack.namelist()) - {"manifest.json"}
    for each in manifest["files"]:
        content = pack.read(each["name"])
        assert (each["bytes"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert pack.testzip() is None


def test_it_holds_what_an_auditor_asks_for(app: Flask, scene: dict[str, Any]) -> None:
    pack = taken(app, scene["officer"], scene["reference"])
    assert b"award.summaries_sent" in pack.read("journal.csv")
    assert json.loads(pack.read("journal-verification.json"))["stands"]
    assert "Contract award notice,UK6" in pack.read("notices.csv").decode()
    assert "bank holiday in Scotland" in pack.read("legal-dates.csv").decode()
    assert json.loads(pack.read("decisions.json"))[0]["criteria"][0]["text"].startswith("Reason 0")
    assert json.loads(pack.read("contracts.json"))[0]["contract_reference"] == "C-2026-7"
    messages = pack.read("messages.csv").decode()
    assert "notices.summary,Supplier member" in messages
    assert pack.read("report.pdf").startswith(b"%PDF")
    assert b"MarkInfo" in pack.read("report.pdf") or b"/ObjStm" in pack.read("report.pdf")


def test_no_person_is_named_in_it(app: Flask, database: Database, scene: dict[str, Any]) -> None:
    pack = taken(app, scene["officer"], scene["reference"])
    with database.reading() as session:
        names = session.execute(select(Person.name, Person.email)).all()
    text = "".join(pack.read(name).decode() for name in pack.namelist() if not name.endswith(".pdf"))
    for name, email in names:
        assert f'{name}"' not in text
        assert email not in text


def test_taking_it_is_noted(app: Flask, database: Database, scene: dict[str, Any]) -> None:
    client = signed_in(app, scene["officer"])
    assert client.get(f"/challenges/{scene['reference']}/audit").status_code == 200
    with database.reading() as session:
        noted = select(JournalEntry.actor_id).where(JournalEntry.event == "audit.pack_taken")
        assert session.scalars(noted).all() == []
    taken(app, scene["officer"], scene["reference"])
    with database.reading() as session:
        assert session.scalars(noted).all() == [scene["made"].officer_id]


def test_only_its_own_officers_take_it(app: Flask, scene: dict[str, Any]) -> None:
    path = f"/challenges/{scene['reference']}/audit"
    assert signed_in(app, scene["elsewhere"]).post(path).status_code == 404
    assert signed_in(app, scene["owner"]).post(path).status_code == 403


@pytest.mark.parametrize("state", ["open", "assessment"])
def test_nothing_sealed_is_in_it(app: Flask, database: Database, state: str) -> None:
    with database.writing() as session:
        challenge = make.challenge(session, state=state)
        firm = make.supplier(session, name=f"{CANARY} Ltd")
        response = make.response(session, challenge, organisation=firm, state="submitted")
        make.snapshot(session, response, summary=CANARY)
        member = make.person_as(session, Role.SUPPLIER_MEMBER, firm)
        outbox.queue(session, "responses.reconfirm", member.id, challenge=challenge.id)
        outbox.queue(session, "challenges.amended", member.id, challenge=challenge.id)
        outbox.queue(session, "responses.receipt", member.id, response=response.reference)
        lead = challenge.lead_id
        officer = make.person_as(session, Role.PROCUREMENT_OFFICER, session.get_one(Organisation, lead))
        reference, sealed = challenge.reference, response.reference
    pack = taken(app, officer, reference)
    text = "".join(pack.read(name).decode("utf-8", "replace") for name in pack.namelist())
    for canary in (CANARY, CANARY.encode("unicode_escape").decode(), sealed):
        assert canary not in text
    assert pack.read("messages.csv").decode().count("\r\n") == 1

"""What is published of a partnership at work, held against the official schemas."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.db import Database
from portal.law.money import Vat
from portal.open_data.models import PublishedRelease
from portal.organisations.models import Organisation
from portal.partnerships.plans import Payment
from portal.partnerships.services import payments as paying
from tests.support import open_contracting
from tests.support.partnered import SIGNED, Partners, partners


@pytest.fixture
def made(database: Database) -> Partners:
    if not open_contracting.FOLDER.exists():
        pytest.skip("The official schemas lie in the shared folder of real data, which is not here.")
    with database.writing() as session:
        return partners(session, firms=2)


def latest(database: Database) -> dict[str, Any]:
    """The latest release, which is valid."""
    with database.reading() as session:
        row = session.scalars(select(PublishedRelease).order_by(PublishedRelease.number.desc()).limit(1)).one()
        release: dict[str, Any] = json.loads(row.content)
    assert list(open_contracting.faults(release)) == []
    return release


def test_what_was_paid_is_published_and_what_waits_is_not(database: Database, made: Partners) -> None:
    with database.writing() as session:
        officer = made.officer(session)
        paid = made.invoice(session, 1, amount_pence=1_000_000, vat=Vat.EXCLUSIVE)
        waits = made.invoice(session, 0, number="WAITS")
        paying.dispute(session, officer, waits, "Counted twice.", waits.version)
        paying.pay(session, officer, paid, Payment(SIGNED, 1_000_000), paid.version)
        name = session.get_one(Organisation, made.contract(session, 1).organisation_id).name
    release = latest(database)
    assert release["tag"] == ["implementation"]
    first, second = release["contracts"]
    assert "transactions" not in first["implementation"]
    [transaction] = second["implementation"]["transactions"]
    assert transaction["value"] == {"amount": 10_000, "amountGross": 12_000, "currency": "GBP"}
    assert transaction["date"].startswith(str(date(2026, 11, 23)))
    assert transaction["payee"]["name"] == name
    assert "WAITS" not in json.dumps(release)
    assert "Counted" not in json.dumps(release)

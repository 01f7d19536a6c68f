"""A payments file of a million rows: sent, read in the worker in little memory, and every row counted."""

import resource
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import wiring
from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.db import Database
from portal.law.money import Vat
from portal.network.options import NetworkOption
from portal.network.spend import services
from portal.network.spend.columns import guessed
from portal.network.spend.models import Payment, SpendFile, SpendSum, Standing
from portal.network.spend.table import look
from portal.network.spend.taking_in import read_on
from portal.policy import Role
from portal.web.uploads import file_store
from tests.support import make, networked
from tests.support.people import signed_in
from tests.support.visit import said

pytestmark = pytest.mark.soak
ROWS = 1_000_000
MOST_MORE_MEGABYTES = 200


def write(path: Path) -> None:
    with path.open("w") as file:
        file.write("Date,Supplier Name,Net Amount,Expense type,Transaction number\n")
        for number in range(ROWS):
            who = "Mrs Jaya Shah" if number % 100 == 0 else f"Firm number {number % 20_000} Ltd"
            day, kind = f"{number % 28 + 1:02}/05/{2015 + number % 8}", f"Kind {number % 60}"
            file.write(f"{day},{who},{number % 900}.50,{kind},T{number}\n")


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_million_rows_are_read_in_little_memory_while_the_page_tells_how_far(
    app: Flask, database: Database, tmp_path: Path
) -> None:
    wiring.connect()
    path = tmp_path / "million.csv"
    write(path)
    with database.writing() as session:
        authority = make.authority(session)
        session.flush()
        networked.tries(session, authority, NetworkOption.IMPORT_REPLACEMENT)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, authority)
        make.supplier(session, name="Firm number 7 Limited", summary="Kind work")
    client = signed_in(app, owner)
    before = peak_megabytes()
    with app.app_context(), path.open("rb") as content:
        seen = look(content)
        content.seek(0)
        stored = file_store().put(content)
        with database.writing() as session:
            actor = actor_of(session, session.get_one(Person, owner.id))
            file = services.receive(
                session, actor, authority, name=path.name, digest=stored.digest, size=stored.size, look=seen
            )
            columns = guessed(file.heading_list, seen.rows)
            services.say_columns(session, actor, file, columns, Vat.EXCLUSIVE, version=file.version)
        page = f"/organisations/{authority.reference}/spend/files/{file.reference}"
        told = []
        while read_on(database, file_store()):
            told.append(said(client, page))
    assert any("rows so far" in each for each in told)
    assert peak_megabytes() - before < MOST_MORE_MEGABYTES
    with database.reading() as session:
        read = session.get_one(SpendFile, file.id)
        assert (read.standing, read.rows, read.taken) == (Standing.READ, ROWS, ROWS - ROWS // 100)
        count, pence = session.execute(select(func.count(), func.sum(Payment.pence))).one()
        assert (count, pence) == (read.taken, read.taken_pence)
        assert session.scalar(select(func.sum(SpendSum.pence))) == pence
        assert read.total_pence == sum(number % 900 * 100 + 50 for number in range(ROWS))
    assert "Where money goes" in said(client, page.rsplit("/files/", 1)[0])

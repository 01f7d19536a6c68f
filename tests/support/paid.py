"""Payments files as people send them, and the worker that reads them."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import Database
from portal.law.money import Vat
from portal.network.options import NetworkOption
from portal.network.spend import services
from portal.network.spend.columns import guessed
from portal.network.spend.models import Match, Payee, SpendFile
from portal.network.spend.rows import read_row
from portal.network.spend.table import look, rows_of
from portal.network.spend.taking_in import finish, keep, read_on
from portal.organisations.models import Organisation
from portal.policy import Actor, Role
from portal.web.uploads import file_store
from tests.support import make, networked
from tests.support.people import signed_in

HEAD = ("Date", "Supplier Name", "Net Amount", "Expense type")


def council(
    session: Session, firms: Iterable[tuple[str, str | None]], name: str = "Evenholt City Council"
) -> Organisation:
    """An authority that looks where its money goes, and the firms registered here with their postcodes."""
    made = make.authority(session, name="Evenholt City Council")
    networked.tries(session, made, NetworkOption.IMPORT_REPLACEMENT)
    for firm, postcode in firms:
        make.supplier(session, name=firm, postcode=postcode)
    return made


def owner_with(app: Flask, database: Database, authority: Organisation, content: bytes | None = None) -> FlaskClient:
    """A challenge owner of the authority, signed in, who has brought this file in."""
    with database.writing() as session:
        person = make.person_as(session, Role.CHALLENGE_OWNER, authority)
    client = signed_in(app, person)
    if content is not None:
        brought_in(app, client, authority.reference, content)
    return client


def table(*rows: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    """A CSV file of these rows."""
    return lines([head, *rows])


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV, each cell quoted."""
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows).encode()


def send(client: FlaskClient, authority: str, content: bytes, name: str = "payments.csv") -> Any:
    """Send a file as a browser does."""
    sent = {"file": (io.BytesIO(content), name)}
    return client.post(f"/organisations/{authority}/spend/send", data=sent, content_type="multipart/form-data")


def offered(page: str) -> dict[str, str]:
    """What the page about columns proposes, and its version."""
    selects = re.findall(r'<select[^>]*name="(\w+)"(.*?)</select>', page, re.DOTALL)
    chosen = {name: at[1] for name, options in selects if (at := re.search(r'<option selected value="(\d*)"', options))}
    ticked = re.search(
        r'<input[^>]*checked[^>]*name="vat"[^>]*value="(\w+)"|name="vat"[^>]*value="(\w+)"[^>]*checked', page
    )
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    vat = (ticked[1] or ticked[2]) if ticked else "exclusive"
    return chosen | {"vat": vat, "version": version[1] if version else ""}


def accept(client: FlaskClient, path: str) -> str:
    """Say that what the page about columns proposes is right; answers the address of the file's page."""
    answer = client.post(path, data=offered(client.get(path).text))
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def read_all(app: Flask) -> None:
    """What the worker does until nothing waits."""
    with app.app_context():
        while read_on(app.extensions["database"], file_store()):
            pass


def brought_in(app: Flask, client: FlaskClient, authority: str, content: bytes, name: str = "payments.csv") -> str:
    """Send a file, accept its columns and let it be read; answers the address of its page."""
    answer = send(client, authority, content, name)
    assert answer.status_code == 302, answer.text
    page = accept(client, answer.location)
    read_all(app)
    return page


def received(session: Session, actor: Actor, authority: Organisation, content: bytes, digest: str) -> SpendFile:
    """A file that was sent, whose columns nobody has named yet."""
    seen = look(io.BytesIO(content))
    return services.receive(session, actor, authority, name="payments.csv", digest=digest, size=len(content), look=seen)


def read_file(session: Session, actor: Actor, authority: Organisation) -> tuple[SpendFile, Payee]:
    """A file that was read: a firm's name in doubt, another's, and a person who was left out."""
    rows = (
        ("03/05/2022", "Amberley Sensors and Systems", "1,200.00", "Sensors"),
        ("04/06/2023", "Faraway Holdings plc", "800.00", "Gas"),
        ("04/06/2023", "Mrs Jaya Shah", "50.00", "Gas"),
    )
    content = table(*rows)
    file = received(session, actor, authority, content, "0" * 64)
    columns = guessed(file.heading_list, [])
    services.say_columns(session, actor, file, columns, Vat.EXCLUSIVE, version=file.version)
    form = look(io.BytesIO(content)).format
    keep(session, file, [read_row(number, row, columns) for number, row in rows_of(io.BytesIO(content), form)])
    finish(session, file)
    return file, session.scalars(select(Payee).where(Payee.matched == Match.DOUBTFUL)).one()


def file_of(database: Database) -> SpendFile:
    """The one file there is."""
    with database.reading() as session:
        return session.scalars(select(SpendFile)).one()

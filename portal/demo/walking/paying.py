"""A council's payments, all invented, so that whoever looks sees where money goes and what firms here could take on."""

import hashlib
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.demo.world import World
from portal.law.money import Vat
from portal.network.local import circles_of
from portal.network.spend import services
from portal.network.spend.columns import guessed
from portal.network.spend.models import KnownBy, Payee
from portal.network.spend.names import same_name
from portal.network.spend.placing import Said, say_place
from portal.network.spend.rows import read_row
from portal.network.spend.table import look, rows_of
from portal.network.spend.taking_in import finish, keep
from portal.organisations.models import Organisation
from portal.policy import Actor

_FILE = Path(__file__).parents[1] / "texts" / "payments.csv"
_SAID = {
    "Boltcutter Maintenance Ltd": Said("ZZ4 1AF", KnownBy.WORKPLACE, "Their van stands in the yard behind the depot."),
    "Marchbank Chambers": Said(None, KnownBy.INVOICE, "Fee notes come from the other end of the country."),
    "Farstead Instruments plc": Said(None, KnownBy.INVOICE, "Invoices come from Rotterdam since 2023.", abroad=True),
}
_WHO, _WHERE = "owner", "evenholt"


def pay(world: World) -> None:
    """Bring the file in as its challenge owner would."""
    content = _FILE.read_bytes()
    seen = look(BytesIO(content))
    columns = guessed(seen.headings, seen.rows)
    with world.database.writing() as session:
        actor = actor_of(session, session.get_one(Person, world.people[_WHO]))
        authority = session.get_one(Organisation, world.organisations[_WHERE])
        digest = hashlib.sha256(content).hexdigest()
        file = services.receive(session, actor, authority, name=_FILE.name, digest=digest, size=len(content), look=seen)
        services.say_columns(session, actor, file, columns, Vat.EXCLUSIVE, version=file.version)
        rows = rows_of(BytesIO(content), seen.format)
        keep(session, file, [read_row(number, row, columns) for number, row in rows])
        finish(session, file)
        _say_places(session, actor, authority)


def _say_places(session: Session, actor: Actor, authority: Organisation) -> None:
    """What the owner knows of three whom the file gives without a number; who is paid most of those is left to say."""
    circles = circles_of(session, authority.id)
    for name, said in _SAID.items():
        payee = session.scalars(
            select(Payee).where(Payee.organisation_id == authority.id, Payee.same_name == same_name(name))
        ).one()
        say_place(session, actor, payee, circles, said, version=None)

"""A council's payments, all invented, so that whoever looks sees where money goes and what firms here could take on."""

import hashlib
from io import BytesIO
from pathlib import Path

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.demo.world import World
from portal.law.money import Vat
from portal.network.spend import services
from portal.network.spend.columns import guessed
from portal.network.spend.rows import read_row
from portal.network.spend.table import look, rows_of
from portal.network.spend.taking_in import finish, keep
from portal.organisations.models import Organisation

_FILE = Path(__file__).parents[1] / "texts" / "payments.csv"
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

"""`flask open-data`: everything that was published, in one file."""

import json
from pathlib import Path
from typing import TextIO

import click
from flask.cli import with_appcontext

from portal.open_data import queries
from portal.open_data.packages import release_package
from portal.web import database

_STRETCH = 500


@click.group("open-data")
def open_data() -> None:
    """What is published as open data."""


@open_data.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(file: Path) -> None:
    """Write every release into FILE as one release package, however many there are."""
    with file.open("w", encoding="utf-8") as target:
        written = _write(target)
    click.echo(f"{written:,} releases written.")


def _write(target: TextIO) -> int:
    """The package's own fields first, then release by release, so that nothing has to fit into memory."""
    after = written = 0
    with database().reading() as session:
        found = queries.releases_after(session, 0, most=_STRETCH)
        head = json.dumps(release_package([], path="/open-data/releases.json"), ensure_ascii=False)
        target.write(head.removesuffix("]}"))
        while found:
            target.write(",\n" if written else "")
            target.write(",\n".join(each.content for each in found))
            written, after = written + len(found), found[-1].id
            session.expunge_all()
            found = queries.releases_after(session, after, most=_STRETCH)
    target.write("]}\n")
    return written

"""`flask challenges`: challenges that others published."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.challenges.importing import Imported, Outcome, import_file, link_file
from portal.challenges.intake import NotReadable
from portal.challenges.models import Challenge
from portal.network.matching.services import index_released
from portal.organisations.models import Organisation
from portal.organisations.queries import named
from portal.web import database


@click.group()
def challenges() -> None:
    """Challenges that others published."""


@challenges.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", default="", help="Whose briefs they become: reference, code or name; else the first.")
@click.option("--challenge", default="", help="Link the official notices of FILE to this challenge, by its reference.")
@with_appcontext
def import_(file: Path, authority: str, challenge: str) -> None:
    """Read FILE into briefs that are still being written, and report what became of every record and field.

    FILE is a feed of challenges, or a package of official notices (Open Contracting Data Standard 1.1), as Find a
    Tender and Contracts Finder give them.
    """
    if challenge and authority:
        raise click.ClickException("Give either an authority or a challenge: a challenge has its authority already.")
    counts = dict.fromkeys(Outcome, 0)
    try:
        for line in _lines(file, authority, challenge):
            counts[line.outcome] += 1
            _report(line)
    except NotReadable as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(", ".join(f"{count} {outcome.value}" for outcome, count in counts.items() if count) or "No records.")


def _lines(file: Path, authority: str, challenge: str) -> Iterator[Imported]:
    if challenge:
        return link_file(database(), file, _challenge(challenge))
    return import_file(database(), file, _authority(authority))


def _challenge(reference: str) -> int:
    with database().reading() as session:
        found = session.scalars(select(Challenge.id).where(Challenge.reference == reference)).first()
    if found is None:
        raise click.ClickException(f"There is no challenge {reference}.")
    return found


@challenges.command("index")
@with_appcontext
def index_() -> None:
    """Let firms find the challenges that were released before firms and challenges were matched by their words."""
    with database().writing() as session:
        count = index_released(session)
    click.echo(f"{count:,} challenges can be found by their words.")


def _authority(text: str) -> int:
    with database().reading() as session:
        if text:
            found = named(session, text)
        else:
            found = session.scalars(
                select(Organisation).where(Organisation.is_authority).order_by(Organisation.id).limit(1)
            ).first()
    if found is None or not found.is_authority:
        raise click.ClickException("There is no such authority; make one first, or run `demo load`.")
    return found.id


def _report(line: Imported) -> None:
    head = f"{line.position}. {line.outcome.value}"
    click.echo(f"{head}: {line.why}" if line.why else f"{head}: {line.reference} {line.title}")
    for entry in line.account.entries if line.account else ():
        click.echo(f"   {entry.field}: {entry.fate.value}, {entry.words}")

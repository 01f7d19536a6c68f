"""`flask companies`: Companies House's free company data."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.network.register.importing import NotCompanies, import_file
from portal.web import database


@click.group()
def companies() -> None:
    """Companies as Companies House knows them."""


@companies.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_(file: Path) -> None:
    """Read the companies of FILE, so that firms and payees can be looked up by their number."""
    try:
        report = import_file(database(), file)
    except NotCompanies as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{report.taken:,} companies read, {report.set_aside:,} rows set aside.")
    for reason in report.reasons:
        click.echo(f"   {reason}")

"""`flask places`: official files that say where postcodes are."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.places.importing import Imported, files_in, import_file
from portal.web import database


@click.group()
def places() -> None:
    """Where postcodes are."""


@places.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--year", type=click.IntRange(1990, 2100), help="Year of the copyright to be named; else this one.")
@with_appcontext
def import_(paths: tuple[Path, ...], year: int | None) -> None:
    """Read files or folders of Code-Point Open, the National Statistics Postcode Lookup, LSOA centres and names.

    Each file is told by what it holds. Reading one again brings what is known up to date.
    """
    reports = [import_file(database(), file, year=year) for path in paths for file in files_in(path)]
    for report in reports:
        _say(report)
    if not any(report.taken for report in reports):
        raise click.ClickException("Nothing was read.")


def _say(report: Imported) -> None:
    if report.kind is None or report.problem:
        click.echo(f"{report.name}: left out. {report.problem}")
        return
    aside = f", {report.set_aside:,} set aside" if report.set_aside else ""
    click.echo(f"{report.name}: {report.kind.title}, {report.taken:,} rows taken{aside}.")
    for reason in report.reasons:
        click.echo(f"   {reason}")

"""`flask categories`: the Common Procurement Vocabulary."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.network.categories.importing import NotCategories, import_file
from portal.web import database


@click.group()
def categories() -> None:
    """What is bought, by official codes."""


@categories.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_(file: Path) -> None:
    """Read the vocabulary from FILE, a JSON list of objects with a code and a name."""
    try:
        read = import_file(database(), file)
    except NotCategories as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{read:,} categories read.")

"""`flask demo`: the invented region, for whoever tries the portal out."""

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.demo import loading
from portal.web import database


@click.group()
def demo() -> None:
    """The demonstration region."""


@demo.command()
@with_appcontext
def load() -> None:
    """Fill an empty portal with invented bodies, people, firms and challenges; does nothing where they are there."""
    if not current_app.config["PORTAL_DEMO"]:
        raise click.ClickException("The demonstration is loaded only where PORTAL_DEMO=1 is set.")
    try:
        report = loading.load(database())
    except loading.HalfLoaded as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(report.sentence)

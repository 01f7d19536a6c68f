"""`flask journal`: proof that nothing was rewritten."""

import click
from flask.cli import with_appcontext

from portal.journal import verify
from portal.web import database


@click.group()
def journal() -> None:
    """The append-only record."""


@journal.command("verify")
@click.option("--receipt", metavar="NUMBER:DIGEST", help="The journal head printed on a receipt.")
@with_appcontext
def verify_command(receipt: str | None) -> None:
    """Prove the chain from the first entry to the last; exits with 1 where it does not hold."""
    with database().reading() as session:
        faults = list(verify(session, receipt=_head(receipt) if receipt else None))
    for fault in faults:
        click.echo(fault.sentence)
    if faults:
        raise SystemExit(1)
    click.echo("The journal holds together.")


def _head(receipt: str) -> tuple[int, str]:
    number, _, digest = receipt.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise click.BadParameter("write the number, a colon and the 64 characters from the receipt")
    return int(number), digest

"""`flask users`: people for whom there is nobody yet who could invite them."""

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from portal.accounts import links, queries
from portal.accounts.models import LinkPurpose, Person
from portal.accounts.services.giving import first_grant
from portal.db import clock
from portal.organisations.models import Organisation
from portal.organisations.queries import named
from portal.policy import PORTAL, Role, Scope, ScopeKind
from portal.web import database
from portal.web.assets import absolute

_ROLES = [role.value for role in Role if role.scope_kind is not ScopeKind.CHALLENGE]


@click.group()
def users() -> None:
    """People with an account."""


@users.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option(
    "--organisation", default="", help="Its reference, short code or exact name; none for the portal's own roles."
)
@with_appcontext
def create(email: str, name: str, role: str, organisation: str) -> None:
    """Give somebody a role, with an account if they have none; prints the link to choose a password with."""
    if "@" not in email:
        raise click.BadParameter("write an e-mail address, such as name@example.org", param_hint="--email")
    with database().writing() as session:
        scope = _scope(session, Role(role), organisation)
        person = queries.person_at(session, email) or _made(session, queries.tidy(email), name)
        if person.id not in queries.holders(session, Role(role), scope):
            first_grant(session, person, Role(role), scope)
        path = None
        if person.password_digest is None:
            link = links.make(session, LinkPurpose.RESET, person.email, person_id=person.id)
            path = f"/password/{links.token_of(link)}"
    click.echo(f"{person.name} ({person.email}) is {Role(role).label.lower()}.")
    if path:
        click.echo(f"To choose a password within one hour: {absolute(path)}")


def _scope(session: Session, role: Role, organisation: str) -> Scope:
    if role.scope_kind is ScopeKind.PORTAL:
        return PORTAL
    found: Organisation | None = named(session, organisation) if organisation else None
    if found is None:
        raise click.BadParameter("no organisation has this reference, code or name", param_hint="--organisation")
    scope = Scope(role.scope_kind, found.id)
    if scope not in found.sides():
        raise click.BadParameter(f"{found.name} is no {role.scope_kind.value}", param_hint="--organisation")
    return scope


def _made(session: Session, email: str, name: str) -> Person:
    person = Person(email=email, name=name, created_at=clock.now(), confirmed_at=clock.now())
    session.add(person)
    session.flush()
    return person

"""The region's bodies and people, and where the walks find them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import passwords
from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.accounts.services.giving import Terms, first_grant
from portal.db import Database, clock
from portal.demo import network, options, shapes
from portal.law.calendar import LONDON, london_date
from portal.law.thresholds import AuthorityKind
from portal.organisations import services as organisations
from portal.organisations.models import Directorate, Organisation, SupplierKind
from portal.policy import PORTAL, Actor, Role, Scope, ScopeKind

PASSWORD = "demo-partnership-2026"
"""Everybody's; told to whoever tries the portal out."""

ADMINISTRATOR = "admin"
FOUNDED_DAYS_BEFORE = 30
"""How long before its first challenge the region was founded."""

_CODES = {"evenholt": "EV", "thornmere": "TH", "hospitals": "MH", "university": "UE", "kestlewell": "KH"}


@dataclass(frozen=True, slots=True)
class World:
    """The database, what it is filled with, and the ids of its bodies and people by the keys of the texts."""

    database: Database
    library: shapes.Library
    loaded_at: datetime
    people: dict[str, int]
    organisations: dict[str, int]
    directorates: dict[tuple[str, str], int]

    def moment(self, day: int, hour: int = 12, minute: int = 0) -> datetime:
        """A time of a day counted from the day of loading, by London's clocks."""
        return moment(self.loaded_at, day, hour, minute)

    def day(self, day: int) -> date:
        """A day counted from the day of loading."""
        return london_date(self.loaded_at) + timedelta(days=day)

    def answers_for(self, firm: str) -> str:
        """The person who answers for a firm."""
        return next(person.key for person in self.library.people if person.organisation == firm)

    def budget_holder(self, authority: str) -> str:
        """The person who decides on money in an authority."""
        return self._with_role("budget_holder", lambda person: person.organisation == authority)

    def second_budget_holder(self, authority: str) -> str:
        """Who decides with them where two people do."""
        first = self.budget_holder(authority)
        return self._with_role("budget_holder", lambda person: person.organisation == authority and person.key != first)

    def adviser(self) -> str:
        """The person who gives business support."""
        return self._with_role("support_adviser", lambda _person: True)

    def second_officer(self, officer: str, authority: str) -> str:
        """Who opens responses with an officer: a colleague, or where there is none, another authority's officer."""
        colleagues = [p.key for p in self._officers() if p.organisation == authority and p.key != officer]
        return colleagues[0] if colleagues else next(p.key for p in self._officers() if p.key != officer)

    def _officers(self) -> list[shapes.Person]:
        return [person for person in self.library.people if "procurement_officer" in person.roles]

    def _with_role(self, role: str, fits: Any) -> str:
        return next(person.key for person in self.library.people if role in person.roles and fits(person))


def moment(loaded_at: datetime, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A time of a day counted from the day of loading, by London's clocks."""
    on = london_date(loaded_at) + timedelta(days=day)
    return datetime.combine(on, time(hour, minute), LONDON)


def found(database: Database, library: shapes.Library, loaded_at: datetime) -> World:
    """Make every body and person, before the first challenge began."""
    first = min(challenge.timetable.started for challenge in library.challenges)
    clock.set_to(moment(loaded_at, first - FOUNDED_DAYS_BEFORE, 9))
    digest = passwords.digest(PASSWORD)  # slow on purpose, so it is made once, before the transaction
    with database.writing() as session:
        people = {person.key: _account(session, person, digest) for person in library.people}
        first_grant(session, people[ADMINISTRATOR], Role.ADMINISTRATOR, PORTAL)
        bodies = dict(_bodies(session, library, actor_of(session, people[ADMINISTRATOR])))
        bodies |= {firm.key: _firm(session, firm, library, people) for firm in library.firms}
        for person in library.people:
            _give_roles(session, person, people[person.key], bodies[person.organisation])
        session.flush()
        parts = session.execute(select(Directorate.organisation_id, Directorate.name, Directorate.id)).all()
        keys = {body.id: key for key, body in bodies.items()}
        return World(
            database,
            library,
            loaded_at,
            {key: person.id for key, person in people.items()},
            {key: body.id for key, body in bodies.items()},
            {(keys[body], name): part for body, name, part in parts},
        )


def _account(session: Session, person: shapes.Person, digest: str) -> Person:
    now = clock.now()
    made = Person(
        email=person.email,
        name=person.name,
        job_title=person.job_title,
        password_digest=digest,
        confirmed_at=now,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _pence(pounds: int | None) -> int | None:
    return None if pounds is None else pounds * 100


def _bodies(session: Session, library: shapes.Library, admin: Actor) -> Iterator[tuple[str, Organisation]]:
    for authority in library.region.authorities:
        made = organisations.found_body(
            session,
            admin,
            name=authority.name,
            code=_CODES[authority.key],
            is_authority=True,
            authority_kind=AuthorityKind(authority.kind),
            postcode=authority.postcode,
            colour=authority.colour,
            second_decider_from_pence=_pence(authority.second_decider_from_pounds),
            summary=authority.about,
        )
        for name in authority.directorates:
            organisations.add_directorate(session, admin, made, name)
        network.draw_circles(session, admin, authority.key, made)
        options.try_options(session, admin, authority.key, made)
        yield authority.key, made
    for partner in library.region.partners:
        about = f"{partner.about} Offers: {'; '.join(partner.offers)}."
        yield (
            partner.key,
            organisations.found_body(
                session, admin, name=partner.name, is_partner=True, postcode=partner.postcode, summary=about
            ),
        )


def _firm(session: Session, firm: shapes.Firm, library: shapes.Library, people: dict[str, Person]) -> Organisation:
    founder = next(person.key for person in library.people if person.organisation == firm.key)
    actor = Actor(people[founder].id, people[founder].name)
    made = organisations.found_supplier(
        session,
        actor,
        name=firm.name,
        supplier_kind=SupplierKind(firm.kind),
        company_number=firm.company_number,
        postcode=firm.postcode,
        headcount=firm.headcount,
        summary=firm.summary,
    )
    network.describe_firm(session, actor, firm, made)
    return made


def _give_roles(session: Session, person: shapes.Person, made: Person, body: Organisation) -> None:
    """The roles somebody holds from the start; those in a challenge are given as it is walked."""
    for role in map(Role, person.roles):
        if role in {Role.ADMINISTRATOR, Role.SUPPLIER_ADMINISTRATOR} or role.scope_kind is ScopeKind.CHALLENGE:
            continue
        scope = PORTAL if role.scope_kind is ScopeKind.PORTAL else Scope(role.scope_kind, body.id)
        limit = _pence(person.limit_pounds) if role is Role.BUDGET_HOLDER else None
        first_grant(session, made, role, scope, Terms(limit_pence=limit))

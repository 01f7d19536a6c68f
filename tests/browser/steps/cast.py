"""The people of a walk, each with a browser of their own, and the clock they all live by."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from portal.accounts.models import Person
from portal.db import Database
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.browser.steps.looking import Looking
from tests.browser.steps.somebody import PASSWORD, Insider, Somebody
from tests.support import make, quick_passwords
from tests.support.clock import TestClock
from tests.support.mailed import letters
from tests.support.people import signed_in

Kind = TypeVar("Kind", bound=Somebody)
PHONE = {"width": 375, "height": 740}
DIGEST = quick_passwords.digest(PASSWORD)


class Cast:
    """Calls people in, and signs them in again when the clock has moved on."""

    def __init__(
        self, app: Flask, database: Database, clock: TestClock, visitor: Callable[..., Page], address: str
    ) -> None:
        self.app, self.database, self.clock, self.visitor, self.address = app, database, clock, visitor, address
        self.looking = Looking(app)
        self.people: list[Somebody] = []

    def meet(self, kind: type[Kind], name: str, *grants: tuple[Role, int], phone: bool = False) -> Kind:
        """Somebody with an account and these roles within organisations, not signed in yet."""
        email = f"{name.split()[0].lower()}@example.org"
        with self.database.writing() as session:
            person = make.person(session, name=name, email=email, password_digest=DIGEST)
            for role, body in grants:
                make.grant(session, person, role, session.get_one(Organisation, body))
        return self.stranger(kind, name, email, phone=phone)

    def stranger(self, kind: type[Kind], name: str, email: str, *, phone: bool = False) -> Kind:
        """Somebody of whom the portal knows nothing."""
        options = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {}
        somebody = kind(self.visitor(**options), name, email, self.looking)
        self.people.append(somebody)
        return somebody

    def sign_in(self, *people: Somebody) -> None:
        """Sign these people in without the page for it; everybody who has an account where nobody is named."""
        for each in people or self.people:
            with self.database.reading() as session:
                person = session.scalars(select(Person).where(Person.email == each.email)).first()
            if person is not None:
                cookie = signed_in(self.app, person).get_cookie("portal")
                assert cookie is not None
                each.holds(cookie.value, self.address)

    def moves_to(self, moment: datetime) -> None:
        """Let time pass; a sign-in lasts for a day's work, so everybody signs in again."""
        self.clock.set(moment)
        self.sign_in()

    def gather(self, reference: str) -> None:
        """Tell everybody inside which challenge this is about."""
        for each in self.people:
            if isinstance(each, Insider):
                each.reference = reference

    def text_mailed(self, to: Somebody, kind: str) -> str:
        """The words of the latest mail of a kind to somebody."""
        return [each.text for each in letters(self.app, kind) if each.to == to.email][-1]

    def mailed(self, to: Somebody, kind: str) -> str:
        """The path in the latest mail of a kind to somebody."""
        return [each.path for each in letters(self.app, kind) if each.to == to.email][-1]

"""What joins the rooms: machines to models, listeners to announcements, pages to the app."""

from flask import Flask
from flask_login import LoginManager

from portal import cli, models
from portal.accounts import links
from portal.accounts import messages as accounts_messages
from portal.accounts import views as accounts
from portal.accounts.identity import SignedIn, signed_in_by
from portal.accounts.services import STARTED
from portal.challenges.team import views as team
from portal.challenges.team.services import end_roles_in_challenges
from portal.mail import mailbox, sending
from portal.organisations import messages as organisations_messages
from portal.organisations import views as organisations
from portal.organisations.services import PERSON_REMOVED, found_for_starter
from portal.policy import Permission
from portal.responses import messages as response_messages
from portal.responses import seal
from portal.responses import views as responses
from portal.responses.models import Response
from portal.responses.pathway import RESPONSE
from portal.web import health
from portal.web.transaction import db_session
from portal.workflow import register, subscribe

__all__ = ["accounts_messages", "connect", "models", "mount", "organisations_messages", "response_messages"]


def connect() -> None:
    """Register every machine and subscribe every listener; doing it twice changes nothing."""
    register(Response, RESPONSE)
    subscribe(STARTED, found_for_starter)
    subscribe(PERSON_REMOVED, end_roles_in_challenges)


def mount(app: Flask) -> None:
    """Put every feature's pages and commands on the app."""
    _sign_people_in(app)
    sending.register(app)
    links.use_key(app.config["SECRET_KEY"])
    app.register_blueprint(health.blueprint)
    app.register_blueprint(responses.blueprint)
    app.register_blueprint(accounts.blueprint)
    app.register_blueprint(organisations.blueprint)
    app.register_blueprint(team.blueprint)
    if app.config["PORTAL_DEMO"]:
        app.register_blueprint(mailbox.blueprint)
    cli.register(app)


def _sign_people_in(app: Flask) -> None:
    manager: LoginManager = app.login_manager  # type: ignore[attr-defined]

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> SignedIn | None:
        session = db_session()
        person = signed_in_by(session, token)
        if person is not None:
            seal.read_as(session, person.actor.ids(Permission.RESPONSE_WRITE))
        return person

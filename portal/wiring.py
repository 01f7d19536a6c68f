"""What joins the rooms: machines to models, listeners to announcements, pages to the app."""

from flask import Flask
from flask_login import LoginManager

from portal import cli, models
from portal.accounts.identity import SignedIn, signed_in_by
from portal.assessment import messages as assessment_messages
from portal.assessment import views as assessment
from portal.assessment.models import Assignment
from portal.assessment.pathway import ASSIGNMENT
from portal.mail import mailbox, sending
from portal.policy import Permission
from portal.responses import seal
from portal.web import health
from portal.web.transaction import db_session
from portal.workflow import register

__all__ = ["assessment_messages", "connect", "models", "mount"]


def connect() -> None:
    """Register every machine and subscribe every listener; doing it twice changes nothing."""
    register(Assignment, ASSIGNMENT)


def mount(app: Flask) -> None:
    """Put every feature's pages and commands on the app."""
    _sign_people_in(app)
    sending.register(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(assessment.blueprint)
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

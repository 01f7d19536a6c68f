"""What joins the rooms: machines to models, listeners to announcements, pages to the app."""

from flask import Flask
from flask_login import LoginManager

from portal import cli, models
from portal.accounts.identity import SignedIn, signed_in_by
from portal.business_cases import machine as business_cases
from portal.business_cases import messages as business_case_messages
from portal.business_cases import views as business_case_pages
from portal.business_cases.models import BusinessCase
from portal.assessment import views as assessment
from portal.assessment.models import Assignment
from portal.assessment.pathway import ASSIGNMENT
from portal.challenges.views import blueprints as challenge_pages
from portal.mail import mailbox, sending
from portal.policy import Permission
from portal.responses import seal
from portal.responses.models import Response
from portal.responses.pathway import RESPONSE
from portal.showcases import messages as showcase_messages
from portal.showcases.models import ShowcaseEvent
from portal.showcases.pathway import EVENT
from portal.showcases.views import blueprint as showcase_pages
from portal.support import messages as support_messages
from portal.support.models import SupportPlan
from portal.support.pathway import PLAN
from portal.support.views import blueprint as support_pages
from portal.web import health
from portal.web.transaction import db_session
from portal.workflow import register

__all__ = ["connect", "models", "mount", "showcase_messages", "support_messages"]
__all__ = ["business_case_messages", "connect", "models", "mount"]


def connect() -> None:
    """Register every machine and subscribe every listener; doing it twice changes nothing."""
    register(Response, RESPONSE)
    register(SupportPlan, PLAN)
    register(ShowcaseEvent, EVENT)
    register(BusinessCase, business_cases.CASE)
    register(Assignment, ASSIGNMENT)


def mount(app: Flask) -> None:
    """Put every feature's pages and commands on the app."""
    _sign_people_in(app)
    for pages in challenge_pages:
        app.register_blueprint(pages)
    app.register_blueprint(support_pages)
    app.register_blueprint(showcase_pages)
    sending.register(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(assessment.blueprint)
    if app.config["PORTAL_DEMO"]:
        app.register_blueprint(mailbox.blueprint)
    app.register_blueprint(business_case_pages.blueprint)
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

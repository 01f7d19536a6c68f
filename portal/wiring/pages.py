"""Every room's pages, commands and mails, put on the app."""

from flask import Flask

from portal import cli
from portal.assessment import views as assessment
from portal.business_cases import views as business_cases
from portal.home import views as home
from portal.mail import mailbox, sending
from portal.pathways import views as pathways
from portal.showcases import views as showcases
from portal.support import views as support
from portal.web import health

BLUEPRINTS = (
    home.blueprint,
    pathways.blueprint,
    assessment.blueprint,
    support.blueprint,
    showcases.blueprint,
    business_cases.blueprint,
    health.blueprint,
)


def mount(app: Flask) -> None:
    """Register the pages, the demonstration's mailbox where it belongs, the mail server and the commands."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if app.config["PORTAL_DEMO"]:
        app.register_blueprint(mailbox.blueprint)
    sending.register(app)
    cli.register(app)

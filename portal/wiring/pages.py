"""Every room's pages, commands and mails, put on the app."""

from flask import Flask

from portal import cli
from portal.accounts import links
from portal.accounts import views as accounts
from portal.assessment import views as assessment
from portal.audit import views as audit
from portal.business_cases import views as business_cases
from portal.challenges import views as challenges
from portal.challenges.team import views as team
from portal.debriefs import views as debriefs
from portal.demo import people
from portal.exclusions import views as exclusions
from portal.home import about
from portal.home import views as home
from portal.insight import views as insight
from portal.mail import mailbox, sending
from portal.network.events import views as events
from portal.network.hands_on import views as hands_on
from portal.network.joint import views as joint
from portal.network.local import views as local
from portal.network.lotting import views as lotting
from portal.network.matching import views as matching
from portal.network.needs import views as needs
from portal.network.opportunities import views as opportunities
from portal.network.options import views as options
from portal.network.options.queries import is_tried
from portal.network.patches import views as patches
from portal.network.register import views as register
from portal.network.reserving import views as reserving
from portal.network.simpler import views as simpler
from portal.network.spend import views as spend
from portal.network.teaming import views as teaming
from portal.network.vouches import views as vouches
from portal.notices import views as notices
from portal.open_data import views as open_data
from portal.open_data.publisher import Publisher, publish_as
from portal.organisations import views as organisations
from portal.partnerships import views as partnerships
from portal.pathways import views as pathways
from portal.procurement import views as procurement
from portal.responses import views as responses
from portal.showcases import views as showcases
from portal.support import views as support
from portal.web import health, tried

BLUEPRINTS = (
    *challenges.blueprints,
    home.blueprint,
    about.blueprint,
    pathways.blueprint,
    team.blueprint,
    responses.blueprint,
    assessment.blueprint,
    debriefs.blueprint,
    support.blueprint,
    showcases.blueprint,
    business_cases.blueprint,
    exclusions.blueprint,
    notices.blueprint,
    partnerships.blueprint,
    procurement.blueprint,
    accounts.blueprint,
    organisations.blueprint,
    local.blueprint,
    events.blueprint,
    joint.blueprint,
    needs.blueprint,
    opportunities.blueprint,
    options.blueprint,
    spend.blueprint,
    register.blueprint,
    matching.blueprint,
    hands_on.blueprint,
    insight.blueprint,
    lotting.blueprint,
    reserving.blueprint,
    simpler.blueprint,
    patches.blueprint,
    teaming.blueprint,
    vouches.blueprint,
    open_data.blueprint,
    audit.blueprint,
    health.blueprint,
)


def mount(app: Flask) -> None:
    """Register the pages, what belongs to the demonstration alone, the mail server and the commands."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    # Sent by mail programs, without a page of ours before it; its signed link stands in for the token of a form.
    app.extensions["csrf"].exempt(matching.leaving.one_click)
    if app.config["PORTAL_DEMO"]:
        app.register_blueprint(mailbox.blueprint)
        app.extensions["demonstration_people"] = people.listed
    publish_as(Publisher(app.config["PORTAL_REGION"], app.config["PORTAL_BASE_URL"], app.config["PORTAL_OCID_PREFIX"]))
    tried.ask(app, is_tried)
    links.use_key(app.config["SECRET_KEY"])
    sending.register(app)
    cli.register(app)

"""Every table of the portal, imported so that the metadata is whole."""

from portal.accounts import models as accounts
from portal.assessment import models as assessment
from portal.business_cases import models as business_cases
from portal.challenges import models as challenges
from portal.debriefs import models as debriefs
from portal.exclusions import models as exclusions
from portal.files import models as files
from portal.journal import models as journal
from portal.network.categories import models as network_categories
from portal.network.events import models as network_events
from portal.network.hands_on import models as network_hands_on
from portal.network.joint import models as network_joint
from portal.network.local import models as network_local
from portal.network.matching import models as network_matching
from portal.network.needs import models as network_needs
from portal.network.opportunities import models as network_opportunities
from portal.network.options import models as network_options
from portal.network.register import models as network_register
from portal.network.reserving import models as network_reserving
from portal.network.simpler import models as network_simpler
from portal.network.spend import models as spend
from portal.network.teaming import models as network_teaming
from portal.network.vouches import models as network_vouches
from portal.network.words import models as network_words
from portal.notices import models as notices
from portal.open_data import models as open_data
from portal.organisations import models as organisations
from portal.outbox import models as outbox
from portal.partnerships import models as partnerships
from portal.places import models as places
from portal.procurement import models as procurement
from portal.responses import models as responses
from portal.showcases import models as showcases
from portal.support import models as support
from portal.workflow import agreements

__all__ = [
    "accounts",
    "agreements",
    "assessment",
    "business_cases",
    "challenges",
    "debriefs",
    "exclusions",
    "files",
    "journal",
    "network_categories",
    "network_events",
    "network_hands_on",
    "network_joint",
    "network_local",
    "network_matching",
    "network_needs",
    "network_opportunities",
    "network_options",
    "network_register",
    "network_reserving",
    "network_simpler",
    "network_teaming",
    "network_vouches",
    "network_words",
    "notices",
    "open_data",
    "organisations",
    "outbox",
    "partnerships",
    "places",
    "procurement",
    "responses",
    "showcases",
    "spend",
    "support",
]

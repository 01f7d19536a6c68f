"""Who listens to whom: what a lower room announces, an upper one acts on in the same transaction."""

from portal.accounts import messages as accounts
from portal.accounts.services import STARTED
from portal.assessment import messages as assessment
from portal.assessment import timeline as assessed
from portal.assessment.queries import price_is_closed, reads_on_a_sheet_only
from portal.business_cases import messages as business_cases
from portal.business_cases.services import ask_second
from portal.challenges import messages as challenges
from portal.challenges.beside import FOR_FIRMS, HELPS
from portal.challenges.services import following
from portal.challenges.services.official import LINKED
from portal.challenges.standing import PLANNED
from portal.challenges.team.services import end_roles_in_challenges
from portal.debriefs import messages as debriefs
from portal.exclusions import messages as exclusions
from portal.exclusions.services import follow
from portal.home import onward as home
from portal.network.events import messages as events
from portal.network.hands_on import messages as hands_on
from portal.network.joint import messages as joint
from portal.network.lotting.queries import helps as lotting
from portal.network.matching import messages as matching
from portal.network.matching.services import index_challenge
from portal.network.needs.queries import running_out
from portal.network.opportunities import messages as opportunities
from portal.network.register.services import index_firm
from portal.network.reserving.queries import helps as reserving
from portal.network.simpler.queries import helps as simpler
from portal.network.spend import messages as spend
from portal.network.teaming import messages as teaming
from portal.network.teaming.queries import for_firms as teaming_for_firms
from portal.network.vouches import messages as vouches
from portal.notices import messages as notices
from portal.notices import timeline as awarded
from portal.notices.queries import planned_notice
from portal.open_data import publishing as open_data
from portal.organisations import messages as organisations
from portal.organisations.services import DESCRIBED, PERSON_REMOVED, found_for_starter
from portal.partnerships import messages as partnerships
from portal.partnerships.services.changes import follow_notice
from portal.procurement import keeping as legal_dates
from portal.procurement import messages as procurement
from portal.procurement.running_out import SOURCES as KNOW_WHAT_RUNS_OUT
from portal.responses import messages as responses
from portal.responses.onward import ONWARD
from portal.responses.queries import BARS, ENVELOPES
from portal.responses.timeline import LATER
from portal.showcases import messages as showcases
from portal.support import messages as support
from portal.workflow import AGREED, MOVED, subscribe

WORDINGS = (
    accounts,
    assessment,
    business_cases,
    challenges,
    debriefs,
    events,
    exclusions,
    matching,
    joint,
    hands_on,
    notices,
    opportunities,
    organisations,
    partnerships,
    procurement,
    responses,
    showcases,
    spend,
    support,
    teaming,
    vouches,
)
"""The rooms that word messages; importing them is what registers their wordings."""


def subscribe_all() -> None:
    """Subscribe every listener."""
    if reads_on_a_sheet_only not in BARS:
        BARS.append(reads_on_a_sheet_only)
    LATER[:] = (assessed.steps, awarded.steps)
    ONWARD[:] = (home.pages,)
    HELPS[:] = (lotting, reserving, simpler)
    FOR_FIRMS[:] = (teaming_for_firms,)
    PLANNED[:] = (planned_notice,)
    KNOW_WHAT_RUNS_OUT[:] = (running_out,)
    if price_is_closed not in ENVELOPES:
        ENVELOPES.append(price_is_closed)
    subscribe(STARTED, found_for_starter)
    subscribe(PERSON_REMOVED, end_roles_in_challenges)
    subscribe(DESCRIBED, index_firm)
    subscribe(AGREED, ask_second)
    subscribe(MOVED, open_data.note)
    subscribe(LINKED, open_data.note_official)
    subscribe(MOVED, follow)
    subscribe(MOVED, follow_notice)
    subscribe(MOVED, legal_dates.note)
    for published in ("brief published", "brief amended", "tender published"):
        subscribe(published, index_challenge)
    subscribe("brief amended", following.tell_of_amendment)
    subscribe("deadline moved", following.tell_of_deadline)
    subscribe("tender published", following.tell_of_tender)

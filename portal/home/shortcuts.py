"""Where a person can go from home, by what they may do."""

from portal.policy import Actor, Permission
from portal.web.addresses import address

SHORTCUTS: tuple[tuple[Permission | None, str, str], ...] = (
    (Permission.CHALLENGE_SEE, "Our challenges", "home.challenges"),
    (Permission.CHALLENGE_SEE, "Invoices to pay", "partnerships.every_payment"),
    (Permission.CHALLENGE_SEE, "Procurement register", "procurement.index"),
    (Permission.CHALLENGE_START, "Start a challenge", "starting.new"),
    (Permission.RESPONSE_WRITE, "Your responses", "responses.mine"),
    (Permission.RESPONSE_WRITE, "Challenges that fit", "matching.matches"),
    (Permission.ASSESS, "Your assessments", "assessment.queue"),
    (Permission.SUPPORT_GIVE, "Firms that need help", "support.desk"),
    (Permission.NETWORK_SEE, "The region's challenges", "home.whole_region"),
    (Permission.NETWORK_SEE, "The region in figures", "insight.network"),
    (Permission.NETWORK_SEE, "Options across the network", "options.network"),
    (Permission.NETWORK_SEE, "The region's contracts and dates", "procurement.index"),
    (Permission.PORTAL_MANAGE, "All organisations", "organisations.every"),
    (None, "Public challenges", "challenges.index"),
    (None, "Your organisations", "organisations.mine"),
    (None, "Your account", "accounts.account"),
)


def shortcuts(actor: Actor) -> list[tuple[str, str]]:
    """Text and address of each page that is any use to this person."""
    return [(text, address(endpoint)) for needed, text, endpoint in SHORTCUTS if needed is None or actor.where(needed)]

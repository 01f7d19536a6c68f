"""Which options of the network each of the region's bodies tries, from its founding on: all of them, in one table."""

from sqlalchemy.orm import Session

from portal.network.options import NetworkOption
from portal.network.options import services as options
from portal.organisations.models import Organisation
from portal.policy import Actor

_ON_TRIAL: dict[NetworkOption, tuple[tuple[str, ...], str, str]] = {
    NetworkOption.HYPER_LOCAL: (
        ("evenholt", "university"),
        "That firms around us hear of our small contracts first.",
        "How many firms of our own area answered, looked at after a year.",
    ),
    NetworkOption.SHARING_INTELLIGENCE: (
        ("evenholt", "hospitals"),
        "That a firm one of us trusts is known to all of us.",
        "How many firms found a second buyer in the network.",
    ),
    NetworkOption.SHARED_NEED: (
        ("evenholt", "thornmere", "hospitals", "university", "kestlewell"),
        "To buy together what several of us need in small amounts.",
        "How many joint challenges were released, looked at every quarter.",
    ),
    NetworkOption.IMPORT_REPLACEMENT: (
        ("evenholt", "thornmere", "hospitals", "kestlewell"),
        "To see what we buy from far away that somebody here could supply.",
        "The share of our spending by circle, looked at every year.",
    ),
    NetworkOption.NEW_OPPORTUNITIES: (
        ("evenholt", "hospitals", "kestlewell"),
        "That a new firm with a good idea has its first customer here.",
        "How many cards led to a first order, looked at every half year.",
    ),
    NetworkOption.HANDS_ON_SUPPORT: (
        ("evenholt", "thornmere", "university", "kestlewell"),
        "That a firm which shows interest is not lost to us.",
        "How many firms that were helped answered in the end, looked at every half year.",
    ),
    NetworkOption.SIMPLER_PROCESS: (
        ("evenholt", "thornmere", "university", "kestlewell"),
        "That a small contract costs a firm an afternoon and not a week.",
        "Minutes for one firm, before and after, looked at with every release.",
    ),
    NetworkOption.INNOVATIVE_PROCUREMENT: (
        ("evenholt", "thornmere", "university", "kestlewell"),
        "That small firms can answer a part, and local firms are not outbid from afar.",
        "How many contracts were divided or reserved, and who won them, looked at every year.",
    ),
}
"""By option: the bodies that try it, what they want from it, and how they will know."""


def try_options(session: Session, actor: Actor, key: str, body: Organisation) -> None:
    """Switch on what a body tries."""
    for option, (bodies, aim, measure) in _ON_TRIAL.items():
        if key in bodies:
            options.switch_on(session, actor, body, option, aim=aim, measure=measure)

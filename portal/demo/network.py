"""The region's network: what is local to each body, which options it tries, and how its firms describe themselves.

Circles are told by the letters of postcodes, so that they need no files of places.
"""

from sqlalchemy.orm import Session

from portal.demo import shapes
from portal.network.local import CirclePart, PartKind, Ring
from portal.network.local import services as local
from portal.network.options import NetworkOption
from portal.network.options import services as options
from portal.network.register import services as register
from portal.organisations.models import Organisation
from portal.policy import Actor

_REGION = ("B", "CV", "DY", "WS", "WV")
_OWN: dict[str, tuple[str, ...]] = {
    "evenholt": ("B",),
    "thornmere": ("DY",),
    "hospitals": ("CV", "B9", "B11"),
    "university": ("B13", "B29", "B30"),
    "kestlewell": ("WS", "WV10"),
}
"""Every body means something else by local."""

_TRIED: dict[NetworkOption, tuple[str, str]] = {
    NetworkOption.HYPER_LOCAL: (
        "That firms around us hear of our small contracts first.",
        "How many firms of our own area answered, looked at after a year.",
    ),
    NetworkOption.SHARED_NEED: (
        "To buy together what several of us need in small amounts.",
        "How many joint challenges were released, looked at every quarter.",
    ),
    NetworkOption.IMPORT_REPLACEMENT: (
        "To see what we buy from far away that somebody here could supply.",
        "The share of our spending by circle, looked at every year.",
    ),
    NetworkOption.SHARING_INTELLIGENCE: (
        "That a firm one of us trusts is known to all of us.",
        "How many firms found a second buyer in the network.",
    ),
}


def draw_circles(session: Session, actor: Actor, key: str, body: Organisation) -> None:
    """An authority's own area and the region."""
    for ring, letters in ((Ring.OWN, _OWN[key]), (Ring.REGION, _REGION)):
        for code in letters:
            part = CirclePart(kind=PartKind.POSTCODE_AREA, code=code)
            local.add_part(session, actor, body, ring, part)


def try_options(session: Session, actor: Actor, key: str, body: Organisation) -> None:
    """The first authority tries all of them, the others two each."""
    first = 0 if key == "evenholt" else list(_OWN).index(key) % 3
    for option, (aim, measure) in list(_TRIED.items())[first : None if key == "evenholt" else first + 2]:
        options.switch_on(session, actor, body, option, aim=aim, measure=measure)


def describe_firm(session: Session, actor: Actor, firm: shapes.Firm, body: Organisation) -> None:
    """What a firm does, has sold, and that it agrees to be shown."""
    said = {"developed": firm.developed, "proof": "", "interests": ", ".join(firm.categories), "social_impact": ""}
    register.save_profile(session, actor, body, None, shown=True, summary=firm.summary, **said)

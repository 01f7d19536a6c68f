"""The region's network: what is local to each body, and how its firms describe themselves.

Circles are told by the letters of postcodes, so that they need no files of places.
"""

from sqlalchemy.orm import Session

from portal.demo import shapes
from portal.network.local import CirclePart, PartKind, Ring
from portal.network.local import services as local
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


def draw_circles(session: Session, actor: Actor, key: str, body: Organisation) -> None:
    """An authority's own area and the region."""
    for ring, letters in ((Ring.OWN, _OWN[key]), (Ring.REGION, _REGION)):
        for code in letters:
            part = CirclePart(kind=PartKind.POSTCODE_AREA, code=code)
            local.add_part(session, actor, body, ring, part)


def describe_firm(session: Session, actor: Actor, firm: shapes.Firm, body: Organisation) -> None:
    """What a firm does, has sold, and that it agrees to be shown."""
    said = {"developed": firm.developed, "proof": "", "interests": ", ".join(firm.categories), "social_impact": ""}
    register.save_profile(session, actor, body, None, shown=True, summary=firm.summary, **said)

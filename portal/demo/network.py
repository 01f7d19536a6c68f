"""The region's network: what is local to each body, and how its firms describe themselves."""

from sqlalchemy.orm import Session

from portal.demo import shapes
from portal.network.categories import named_as
from portal.network.local import CirclePart, PartKind, Ring
from portal.network.local import services as local
from portal.network.register import services as register
from portal.organisations.models import Organisation
from portal.policy import Actor

EVENHOLT, THORNMERE, KESTLE_VALE = "E08999001", "E08999002", "E08999003"
MARLSHIRE, MIDDLE_MARCHES = "E10999001", "E12999001"
FOUNDRY_BRIDGE, LOWER_WHARF = "E05999002", "E05999004"
"""Codes of the invented places."""

_DISTRICT, _WARD = PartKind.DISTRICT, PartKind.WARD
OWN: dict[str, tuple[str, tuple[tuple[PartKind, str], ...]]] = {
    "evenholt": ("Evenholt", ((_DISTRICT, EVENHOLT),)),
    "thornmere": ("Thornmere", ((_DISTRICT, THORNMERE),)),
    "hospitals": ("Evenholt and Thornmere", ((_DISTRICT, EVENHOLT), (_DISTRICT, THORNMERE))),
    "university": ("Campus quarter", ((PartKind.RADIUS, "ZZ3 1GY"),)),
    "kestlewell": (
        "Kestle Vale, two wharves",
        ((_DISTRICT, KESTLE_VALE), (_WARD, FOUNDRY_BRIDGE), (_WARD, LOWER_WHARF)),
    ),
}
"""Every body means something else by local."""
_CAMPUS_METRES = 4_000


def draw_circles(session: Session, actor: Actor, key: str, body: Organisation) -> None:
    """An authority's own area, the county and the region."""
    name, parts = OWN[key]
    _draw(session, actor, body, Ring.OWN, name, parts)
    _draw(session, actor, body, Ring.COUNTY, "Marlshire", ((PartKind.COUNTY, MARLSHIRE),))
    _draw(session, actor, body, Ring.REGION, "Middle Marches", ((PartKind.REGION, MIDDLE_MARCHES),))


def _draw(
    session: Session, actor: Actor, body: Organisation, ring: Ring, name: str, parts: tuple[tuple[PartKind, str], ...]
) -> None:
    local.describe(session, actor, body, ring, None, name=name, reason="")
    for kind, code in parts:
        metres = _CAMPUS_METRES if kind is PartKind.RADIUS else None
        local.add_part(session, actor, body, ring, CirclePart(kind=kind, code=code, metres=metres))


def describe_firm(session: Session, actor: Actor, firm: shapes.Firm, body: Organisation) -> None:
    """What a firm does, has sold and supplies, and that it agrees to be shown."""
    said = {"developed": firm.developed, "proof": "", "interests": ", ".join(firm.categories), "social_impact": ""}
    register.save_profile(session, actor, body, None, shown=True, summary=firm.summary, **said)
    for category in named_as(session, firm.supplies):
        register.add_category(session, actor, body, category)

"""Places, circles and firms of the network for tests; the postcodes are invented (no postcode begins with ZZ)."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.db import clock
from portal.law.calendar import london_date
from portal.network.events import services as meeting
from portal.network.events.models import BuyerEvent
from portal.network.local import CirclePart, LocalCircle, PartKind, Ring
from portal.network.needs import services as planning
from portal.network.needs.models import PlannedNeed, Risk
from portal.network.needs.quarters import quarter_of
from portal.network.opportunities import services as showing
from portal.network.opportunities.models import CardKind, OpportunityCard
from portal.network.options import NetworkOption, OptionTrial
from portal.network.vouches import services as vouching
from portal.network.vouches.models import OnTime, Vouch, WorkSize
from portal.organisations.models import Organisation
from portal.places import Area, AreaKind, OutwardCode, Postcode
from portal.policy import CLOCK, Actor
from tests.support import make

WARD, OTHER_WARD = "E05000001", "E05000002"
DISTRICT, OTHER_DISTRICT, FAR_DISTRICT = "E08000001", "E08000002", "E08000003"


def area(session: Session, code: str, name: str, kind: AreaKind = AreaKind.WARD, **point: int) -> Area:
    """An official area."""
    made = Area(code=code, kind=kind, name=name, **point)
    session.add(made)
    session.flush()
    return made


def postcode(session: Session, code: str, **fields: Any) -> Postcode:
    """A postcode on the grid, in the first ward and district unless said otherwise."""
    known: dict[str, Any] = {"easting": 400_000, "northing": 300_000, "ward_code": WARD, "district_code": DISTRICT}
    made = Postcode(postcode=code, outward=code[:-4], **(known | fields))
    session.add(made)
    session.flush()
    return made


def outward(session: Session, code: str, easting: int, northing: int) -> None:
    """The first half of postcodes, by their middle."""
    session.add(OutwardCode(outward=code, easting=easting, northing=northing, postcodes=500))
    session.flush()


def circle(session: Session, of: Organisation, ring: Ring, *parts: tuple[PartKind, str, int | None]) -> LocalCircle:
    """One circle of an authority."""
    made = LocalCircle(
        organisation_id=of.id,
        ring=ring,
        parts=[CirclePart(kind=kind, code=code, metres=metres) for kind, code, metres in parts],
    )
    session.add(made)
    session.flush()
    return made


def region(session: Session, of: Organisation) -> None:
    """Two wards of a district, a neighbouring and a far district, and an authority to which the first is its own.

    ZZ1 1AA lies in the first ward, ZZ1 2AA in the second, ZZ2 1AA next door, ZZ3 1AA far away in the region.
    """
    for code, name in ((WARD, "Canalside"), (OTHER_WARD, "Hill Top")):
        area(session, code, name)
    for code, name in ((DISTRICT, "Evenholt"), (OTHER_DISTRICT, "Thornmere"), (FAR_DISTRICT, "Farley")):
        area(session, code, name, AreaKind.DISTRICT)
    postcode(session, "ZZ1 1AA")
    postcode(session, "ZZ1 2AA", ward_code=OTHER_WARD, easting=403_000)
    postcode(session, "ZZ2 1AA", ward_code=None, district_code=OTHER_DISTRICT, easting=420_000)
    postcode(session, "ZZ3 1AA", ward_code=None, district_code=FAR_DISTRICT, easting=460_000)
    circle(session, of, Ring.OWN, (PartKind.DISTRICT, DISTRICT, None))
    circle(session, of, Ring.COUNTY, (PartKind.DISTRICT, OTHER_DISTRICT, None))
    circle(session, of, Ring.REGION, (PartKind.DISTRICT, FAR_DISTRICT, None))


def tries(session: Session, body: Organisation, option: NetworkOption) -> OptionTrial:
    """An authority has an option on."""
    trial = OptionTrial(
        organisation_id=body.id, option=option, is_on=True, aim="To try it.", measure="A count.", begun_at=clock.now()
    )
    session.add(trial)
    session.flush()
    return trial


def council_and_trust(session: Session, **of_trust: Any) -> tuple[Organisation, Organisation]:
    """A city council and a hospital trust that have every option on; `of_trust` says more of the trust."""
    city = make.authority(session, name="Evenholt City Council")
    trust = make.authority(session, name="Marlshire Hospitals", **of_trust)
    for body in (city, trust):
        for option in NetworkOption:
            tries(session, body, option)
    return city, trust


def need(session: Session, body: Organisation, who: Actor = CLOCK, **told: Any) -> PlannedNeed:
    """A planned purchase of this quarter, shared unless said otherwise."""
    known: dict[str, Any] = {
        "title": "Repainting of stairwells",
        "category": "Painting",
        "category_code": "45442100",
        "quarter": quarter_of(london_date(clock.now())),
        "value_pence": 4_800_000,
        "risk": Risk.LOW,
        "shared": True,
    }
    return planning.enter(session, who, body, **(known | told))


def vouch(session: Session, body: Organisation, firm: Organisation, who: Actor = CLOCK) -> Vouch:
    """A body vouches for a firm, which has not answered yet."""
    said = {"work": "Repainted two schools", "size": WorkSize.MIDDLE, "on_time": OnTime.YES}
    return vouching.vouch(session, who, body, firm, **said)  # type: ignore[arg-type]


def event(
    session: Session, host: Organisation, who: Actor = CLOCK, *, buyers: tuple[str, ...] = (), count: int = 2
) -> BuyerEvent:
    """An event in three days, with times of the host's buyers."""
    said = {"title": "Meet the buyers", "about": "For small works.", "place": "Town hall"}
    made = meeting.invite(session, who, host, starts_at=clock.now() + timedelta(days=3), **said)
    for buyer in buyers:
        meeting.offer(session, who, made, host, buyer=buyer, minutes=15, count=count)
    return made


def card(session: Session, body: Organisation, who: Actor = CLOCK, **said: Any) -> OpportunityCard:
    """Something new, shown for a month."""
    known = {"title": "Loops for laundry", "what": "A dryer.", "good": "Less energy.", "sponsor": "Ann Bell"}
    last_day = london_date(clock.now()) + timedelta(days=30)
    return showing.make(session, who, body, last_day, kind=CardKind.PRODUCT, **(known | said))

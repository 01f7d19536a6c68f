"""A line for each body of the network, for its coordinators: its challenges, its contracts, and its money by circle.

Every body means something else by local. So a body's money is told by its own circles, and no line adds bodies up.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import Challenge, Round
from portal.challenges.pathway import ChallengeState
from portal.db import clock
from portal.insight.contracts import LEAD_ONLY, MONEY, SOCIAL
from portal.insight.figures import Bar, Figure, percent
from portal.law import companies
from portal.law.money import pounds, with_vat
from portal.network.local import Circles, Ring, Shares, circles_of_all, shares_by
from portal.network.options import NetworkOption, bodies_with
from portal.network.spend.circles import BASIS, latest_years
from portal.network.spend.ranking import whole_pounds
from portal.organisations.models import Organisation
from portal.partnerships.models import Partnership

MOST_BODIES = 200
_RINGS = tuple(Ring)
_BEYOND = ("Outside the United Kingdom", "Not known where")
_CIRCLES = (
    "Each body draws its own circles and calls them as it likes; a dash is a circle it has not drawn, and an empty "
    "share one of no money at all."
)
_NOT_DRAWN = "–"


@dataclass(slots=True)
class _Body:
    """What is counted for one body; amounts in pence with VAT."""

    released: int = 0
    open: int = 0
    contracts: int = 0
    pence: int = 0
    micro: int = 0
    social: int = 0
    firms: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)


def bodies_of(session: Session) -> Sequence[Organisation]:
    """Every authority, in the order of names."""
    rows = select(Organisation).where(Organisation.is_authority).order_by(Organisation.name, Organisation.id)
    return session.scalars(rows.limit(MOST_BODIES)).all()


def each_body(session: Session, bodies: Sequence[Organisation]) -> Figure:
    """Challenges and contracts of each body, and how much of its contracts micro firms and social enterprises have."""
    counted: dict[int, _Body] = defaultdict(_Body)
    _count_challenges(session, counted)
    _count_contracts(session, counted)
    lines = tuple((body.name, *_line(counted[body.id])) for body in bodies)
    return Figure(
        "bodies",
        "Each body of the network",
        "Challenges released",
        (
            *("Body", "Challenges released", "Open now", "Contracts", "Value", "Per cent of it to micro firms"),
            *("Per cent to social enterprises and charities", "Firms", "Firms new to public contracts"),
        ),
        lines,
        tuple(Bar(body.name, counted[body.id].released, f"{counted[body.id].released:,}") for body in bodies),
        (
            "By the body that leads the challenge; a joint one is counted once. What is not released is not counted.",
            "A firm is new where its first contract that this portal knows is with this body.",
            LEAD_ONLY,
            MONEY,
        ),
    )


def _line(one: _Body) -> tuple[Any, ...]:
    shares = (percent(one.micro, one.pence), percent(one.social, one.pence)) if one.pence else ("", "")
    return one.released, one.open, one.contracts, pounds(one.pence), *shares, len(one.firms), len(one.new)


def _count_challenges(session: Session, counted: dict[int, _Body]) -> None:
    is_open = effective_state(clock.now()) == ChallengeState.OPEN.value
    rows = session.execute(
        select(Challenge.lead_id, func.count(), func.coalesce(func.sum(case((is_open, 1), else_=0)), 0))
        .select_from(Challenge)
        .outerjoin(Round, CURRENT_ROUND)
        .where(Challenge.released_at.is_not(None))
        .group_by(Challenge.lead_id)
    )
    for body, released, still_open in rows:
        counted[body].released, counted[body].open = released, int(still_open)


def _count_contracts(session: Session, counted: dict[int, _Body]) -> None:
    rows = session.execute(
        select(
            Challenge.lead_id,
            Challenge.vat,
            Partnership.organisation_id,
            Partnership.value_pence,
            Organisation.headcount,
            Organisation.supplier_kind,
        )
        .select_from(Partnership)
        .join(Organisation, Organisation.id == Partnership.organisation_id)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(Partnership.signed_on.is_not(None))
        .order_by(Partnership.signed_on, Partnership.id)
    )
    known: set[int] = set()
    for body, vat, firm, value, headcount, kind in rows:
        one, pence = counted[body], with_vat(int(value or 0), vat)
        one.contracts += 1
        one.pence += pence
        one.micro += pence if companies.size(headcount) == "micro" else 0
        one.social += pence if kind in SOCIAL else 0
        one.firms.add(firm)
        if firm not in known:
            one.new.add(firm)
        known.add(firm)


def contracts_by_circle(session: Session, bodies: Sequence[Organisation]) -> Figure:
    """In which of its own circles the firms are that each body has contracts with, and the money with them."""
    circles = circles_of_all(session, [body.id for body in bodies])
    amounts = _contracted(session, circles)
    lines, bars = [], []
    for body in bodies:
        shares = shares_by(amounts.get(body.id, {}))
        own = _percents(shares, circles[body.id])
        beyond = _told(shares, shares.percent_abroad) if circles[body.id].drawn else _NOT_DRAWN
        lines.append((body.name, pounds(shares.known + shares.unknown), *own, beyond, pounds(shares.unknown)))
        if shares.known and own[0] != _NOT_DRAWN:
            bars.append(Bar(body.name, float(own[0]), f"{own[0]:g}%"))
    return Figure(
        "contracts",
        "Contracts of each body by its circles",
        "Per cent of the value within the own area, of what is known",
        (
            "Body",
            "Value",
            *(f"Per cent within: {ring.title}" for ring in _RINGS),
            "Per cent outside the United Kingdom",
            "Place not known",
        ),
        tuple(lines),
        tuple(bars),
        (
            Shares.NOTE,
            _CIRCLES,
            "Per cent of the value whose place is known, by the postcode the firm gave, which may be a registered "
            "office and not where the work is done.",
            LEAD_ONLY,
            MONEY,
        ),
        most=100,
    )


def _percents(shares: Shares, circles: Circles) -> list[Any]:
    """What lies within each circle; a dash where it is not drawn, nothing where nothing is known."""
    drawn = {each.ring for each in circles.drawn} | ({Ring.UK} if circles.drawn else set())
    return [_told(shares, share.percent) if share.ring in drawn else _NOT_DRAWN for share in shares.lines]


def _told(shares: Shares, percent: float) -> float | str:
    return percent if shares.known else ""


def _contracted(session: Session, circles: Mapping[int, Circles]) -> dict[int, Counter[str | None]]:
    asked = []
    for body, drawn in circles.items():
        where = drawn.placed(Organisation.postcode)
        value = func.coalesce(func.sum(Partnership.value_pence), 0)
        rows = (
            select(literal(body), where.ring, Challenge.vat, value)
            .select_from(Partnership)
            .join(Organisation, Organisation.id == Partnership.organisation_id)
            .join(Challenge, Challenge.id == Partnership.challenge_id)
            .where(Partnership.signed_on.is_not(None), Challenge.lead_id == body)
        )
        asked.append(where.join(rows).group_by(where.ring, Challenge.vat))
    amounts: dict[int, Counter[str | None]] = defaultdict(Counter)
    for body, ring, vat, pence in session.execute(union_all(*asked)) if asked else ():
        amounts[body][ring] += with_vat(int(pence or 0), vat)
    return amounts


def payments_by_circle(session: Session, bodies: Sequence[Organisation]) -> Figure:
    """How much of what each body paid in its latest year stays in its own circles, from the payments files it sent."""
    trying = set(session.scalars(bodies_with(NetworkOption.IMPORT_REPLACEMENT)))
    those = [body for body in bodies if body.id in trying]
    circles = circles_of_all(session, [body.id for body in those])
    years = latest_years(session, circles)
    lines, bars = [], []
    for body in those:
        found, drawn = years.get(body.id), {each.ring for each in circles[body.id].drawn}
        if found is None:
            continue
        words = [found.range_words(each) if each.ring in drawn else _NOT_DRAWN for each in found.shares.lines[:-1]]
        beyond = found.range_words_abroad if drawn else _NOT_DRAWN, whole_pounds(found.shares.unknown)
        lines.append((body.name, found.title, whole_pounds(found.total), *words, *beyond))
        least = found.bounds(found.shares.lines[0])
        if least and Ring.OWN in drawn:
            bars.append(Bar(body.name, least[0], words[0]))
    return Figure(
        "payments",
        "Payments of each body by its circles",
        "Per cent of all that was paid that stays in the own area: the bar shows the least",
        ("Body", "Financial year", "Paid", *(f"Within: {ring.title}" for ring in _RINGS[:-1]), *_BEYOND),
        tuple(lines),
        tuple(bars),
        (
            "Bodies that try import replacement and have sent a payments file, each with its latest financial year.",
            Shares.NOTE,
            _CIRCLES,
            *BASIS,
        ),
        most=100,
    )

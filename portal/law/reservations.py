"""To whom a competition below the threshold may be kept: by place, and to small firms or social enterprises.

A dated table of what each kind of body may do, each row with its source. Nothing here allows a ward, a postcode or a
neighbourhood: no rule that does is known, and councils are forbidden it by the Local Government Act 1988 s.17(5)(e).
"""

from dataclasses import dataclass
from datetime import date

from portal.law.dates import Basis
from portal.law.money import pounds
from portal.law.thresholds import ACT_IN_FORCE, AuthorityKind, ContractKind, Standing, standing, threshold
from portal.law.words import Worded

ORDER_IN_FORCE = date(2026, 2, 4)
"""The Local Government (Exclusion of Non-commercial Considerations) (England) Order 2026, as read in notes on it."""


class ReservedArea(Worded):
    """Where a firm must be based, or established with substantive operations, to answer."""

    ANYWHERE = ("anywhere", "Anywhere", "No firm is kept out because of where it is.")
    UK = ("uk", "The United Kingdom", "Never one nation of it alone.")
    OWN = ("own", "Your own area", "The area the council is responsible for; of joint councils, their areas together.")
    BORDERING = (
        "bordering",
        "Your own area and what borders it",
        "With any of the counties and London boroughs that border it. Name them.",
    )
    COUNTY = ("county", "One county or London borough", "One only, metropolitan or not.")

    @property
    def is_named(self) -> bool:
        """Whether the officer says which place it is."""
        return self in {ReservedArea.OWN, ReservedArea.BORDERING, ReservedArea.COUNTY}


class ReservedFor(Worded):
    """What a firm must be to answer."""

    ANYBODY = ("anybody", "Firms of any size and kind")
    SME = ("sme", "Small and medium-sized firms", "Fewer than 250 people, and not too large by turnover or balance.")
    SOCIAL = ("social", "Social enterprises and charities", "Voluntary, community and social enterprises.")
    BOTH = ("both", "Small and medium-sized firms, social enterprises and charities")


@dataclass(frozen=True, slots=True)
class Reserving:
    """One row of the dated table: which bodies may reserve what, from a day on, and where it was read.

    `size_alone`: firms may be chosen by size or kind without a place. `county_if`: what must be so for a county.
    `words` say the rule to an officer; `basis` is `Basis.CHECK` where we are not sure of it.
    """

    since: date
    bodies: frozenset[AuthorityKind]
    areas: tuple[ReservedArea, ...]
    size_alone: bool
    county_if: str
    words: str
    source: str
    basis: Basis = Basis.LAW


RULES = (
    Reserving(
        since=ORDER_IN_FORCE,
        bodies=frozenset({AuthorityKind.LOCAL_AUTHORITY}),
        areas=(ReservedArea.UK, ReservedArea.OWN, ReservedArea.BORDERING, ReservedArea.COUNTY),
        size_alone=True,
        county_if="The authority lies wholly inside this one county or London borough.",
        words="Best-value authorities and parish councils in England may keep a competition below the threshold to "
        "firms of the United Kingdom or of their local area, to small firms or social enterprises, or both. It is "
        "decided before anybody is invited, and the advert says so.",
        source="Local Government (Exclusion of Non-commercial Considerations) (England) Order 2026, in force from "
        "4 February 2026, and the government’s guidance of 3 December 2025 on reserving competitions",
    ),
    Reserving(
        since=ACT_IN_FORCE,
        bodies=frozenset({AuthorityKind.CENTRAL_GOVERNMENT}),
        areas=(ReservedArea.UK, ReservedArea.COUNTY),
        size_alone=False,
        county_if="",
        words="Departments, their agencies and public bodies may keep a competition below the threshold to firms of "
        "the United Kingdom or of one county or London borough. Small firms and social enterprises may be asked for "
        "as well, never without a place.",
        source="Procurement Policy Note 005, for procurements begun on or after 24 February 2025",
    ),
    Reserving(
        since=ACT_IN_FORCE,
        bodies=frozenset(
            {
                AuthorityKind.NHS,
                AuthorityKind.UNIVERSITY,
                AuthorityKind.HOUSING_ASSOCIATION,
                AuthorityKind.OTHER_PUBLIC,
            }
        ),
        areas=(ReservedArea.UK, ReservedArea.COUNTY),
        size_alone=False,
        county_if="",
        words="No rule made for this kind of body is known to us. Procurement Policy Note 005 lets bodies outside "
        "central government follow its way, in the light of their own duties. Section 17 of the Local "
        "Government Act 1988 is said not to bind universities and housing associations; we have not read where.",
        source="Procurement Policy Note 005, on bodies outside its scope",
        basis=Basis.CHECK,
    ),
)
"""Check each row again before go-live: they were read in guidance and practitioners' notes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen for one contract on one day. `closed` says why nothing may; then there is no rule."""

    rule: Reserving | None
    closed: str = ""

    @property
    def areas(self) -> tuple[ReservedArea, ...]:
        """The places that may be chosen; anywhere only where size or kind may stand alone."""
        if self.rule is None:
            return ()
        return (ReservedArea.ANYWHERE, *self.rule.areas) if self.rule.size_alone else self.rule.areas

    def problem(self, area: ReservedArea, who: ReservedFor) -> str:
        """Why a pair may not be chosen, in a sentence; empty where it may."""
        if self.rule is None:
            return self.closed
        if area is ReservedArea.ANYWHERE and who is ReservedFor.ANYBODY:
            return "Choose a place, a kind of firm, or both. Otherwise nothing is reserved."
        if area not in self.areas:
            return f"“{area.title}” is not open to this kind of body."
        return ""


def choice(authority: AuthorityKind, contract: ContractKind | None, value: int | None, on: date) -> Choice:
    """What may be reserved for a contract of this value (pence including VAT) whose procurement begins that day.

    `authority` is the lead's kind. A value or a kind of contract that nobody has named yet counts as above the
    threshold (Procurement Act 2023 Sch. 3), where nothing is offered. Raises ValueError for a day before the Act.
    """
    if contract is None or value is None:
        return Choice(None, "Say first what is bought and what it may cost. What may be reserved depends on both.")
    if standing(authority, contract, value, on) is Standing.ABOVE_THRESHOLD:
        limit = pounds(threshold(authority, contract, on))
        return Choice(
            None,
            f"With {limit} or more it is a public contract, and nobody is kept out because of place or size "
            "(Procurement Act 2023 s.90). The Act’s own reservations, for supported employment (s.32) and public "
            "service mutuals (s.33), are not offered here. These three sections are named from memory: check them.",
        )
    for rule in RULES:
        if authority in rule.bodies and rule.since <= on:
            return Choice(rule)
    return Choice(
        None,
        "Before 4 February 2026 a council may not look at where a firm is "
        "(Local Government Act 1988 s.17(5)(e)). Nothing can be reserved for a procurement that begins earlier.",
    )


def advert(area: ReservedArea, who: ReservedFor, place: str) -> str:
    """What the advert says of a reservation. `place` names the area where the officer names it."""
    firms = {
        ReservedFor.ANYBODY: "firms",
        ReservedFor.SME: "small and medium-sized firms (SMEs)",
        ReservedFor.SOCIAL: "voluntary, community and social enterprises (VCSEs)",
        ReservedFor.BOTH: "small and medium-sized firms (SMEs) and voluntary, community and social enterprises (VCSEs)",
    }[who]
    if area is ReservedArea.ANYWHERE:
        return f"This competition is reserved. Only {firms} may answer."
    where = "the United Kingdom" if area is ReservedArea.UK else place
    return (
        f"This competition is reserved. Only {firms} based or established in {where}, with substantive business "
        "operations there, may answer. It does not matter where a firm’s owners are."
    )

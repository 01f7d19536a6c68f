"""The shape of the demonstration texts: one frozen dataclass for each table of the TOML files.

Days are offsets from the day the region is loaded (``-30`` is a month ago, ``12`` in twelve days), so that the region
never grows old. Money is whole pounds including VAT, as the texts state it.
"""

from dataclasses import dataclass

from portal.demo.shapes.awards import Award, FirmTold
from portal.demo.shapes.challenges import (
    Amendment,
    Asked,
    Brief,
    BusinessCase,
    Challenge,
    Conflict,
    Criterion,
    Deal,
    DealStage,
    Engagement,
    Event,
    Incident,
    Mark,
    Need,
    Option,
    PartnerGone,
    Prototype,
    Response,
    Sponsor,
    SupportPlan,
    SupportSession,
    Tender,
    Timetable,
    Value,
)
from portal.demo.shapes.partnerships import (
    Bill,
    ContractChange,
    Happening,
    PartnersEnd,
    Partnership,
    Phase,
    SeenBenefit,
)
from portal.demo.shapes.region import Authority, Firm, Partner, Person, Region

__all__ = [
    "Amendment",
    "Asked",
    "Authority",
    "Award",
    "Bill",
    "Brief",
    "BusinessCase",
    "Challenge",
    "Conflict",
    "ContractChange",
    "Criterion",
    "Deal",
    "DealStage",
    "Engagement",
    "Event",
    "Firm",
    "FirmTold",
    "Happening",
    "Incident",
    "Library",
    "Mark",
    "Need",
    "Option",
    "Partner",
    "PartnerGone",
    "PartnersEnd",
    "Partnership",
    "Person",
    "Phase",
    "Prototype",
    "Region",
    "Response",
    "SeenBenefit",
    "Sponsor",
    "SupportPlan",
    "SupportSession",
    "Tender",
    "Timetable",
    "Value",
]


@dataclass(frozen=True)
class Library:
    """Everything the demonstration region is made of."""

    region: Region
    firms: tuple[Firm, ...]
    people: tuple[Person, ...]
    challenges: tuple[Challenge, ...]

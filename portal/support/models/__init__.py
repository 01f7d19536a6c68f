"""The tables of support: plans, the time on offer and had, and what firms were told."""

from portal.support.models.facts import SupportPack, ToldFact
from portal.support.models.plans import Milestone, MilestoneBy, PlanNote, SupportPlan
from portal.support.models.slots import Resource, ResourceKind, Slot, SupportSession

__all__ = [
    "Milestone",
    "MilestoneBy",
    "PlanNote",
    "Resource",
    "ResourceKind",
    "Slot",
    "SupportPack",
    "SupportPlan",
    "SupportSession",
    "ToldFact",
]

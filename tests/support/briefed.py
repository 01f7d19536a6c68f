"""A challenge whose brief its owner has written, so that only what the officer owes is missing."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges import parts
from portal.challenges.models import Challenge
from portal.challenges.pathway import Pathway
from portal.challenges.sections import DEAL_STAGES, SECTIONS
from portal.challenges.services.brief import save_part
from portal.challenges.suggestions import CRITERIA
from portal.db import clock
from portal.organisations.models import Organisation
from tests.support import make


def briefed(session: Session, lead: Organisation, owner: Person, pathway: Pathway, **fields: Any) -> Challenge:
    """At `articulation`, with every section, the deal and two criteria of 60 and 40 points."""
    known: dict[str, Any] = {"release_kind": None, "contract_kind": None, "estimated_pence": None}
    challenge = make.challenge(
        session, state="articulation", lead=lead, owner_id=owner.id, pathway=pathway, **(known | fields)
    )
    actor = actor_of(session, owner)
    for key, value in _brief(pathway).items():
        version = parts.version_of(parts.read(session, challenge, key))
        save_part(session, actor, challenge, key, value, version)
    return challenge


def _brief(pathway: Pathway) -> dict[str, dict[str, Any]]:
    words = {f"section.{each.key}": {"source": f"{each.title}, in short.", "format": "markdown"} for each in SECTIONS}
    stages = [{"stage": number, "pays_pence": 0, "hours": 12} for number in DEAL_STAGES[pathway]]
    deal = {
        "go_on_count": 1,
        "decision_on": (clock.now() + timedelta(days=90)).date().isoformat(),
        "intellectual_property": "You keep what you make; we may use it.",
        "if_unfunded": "You keep what you made.",
        "stages": stages,
    }
    weighed = [dict(each) | {"weight": weight} for each, weight in zip(CRITERIA, (60, 40), strict=False)]
    judged = {"criteria": weighed, "scoring": "mean", "quorum": 2, "spread_limit": 1, "minimum_percent": 50}
    return words | {"must_haves": {"texts": ["Work without reading."]}, "deal": deal, "criteria": judged}

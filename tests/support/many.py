"""Challenges by the thousand, inserted in bulk: for measuring, and for lists longer than a page."""

import hashlib
import json
import random
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.challenges import search
from portal.challenges.models import (
    BriefVersion,
    Challenge,
    ChallengeParty,
    Criterion,
    Deal,
    DealStage,
    Lot,
    Part,
    Round,
    RoundKind,
    SearchedChallenge,
)
from portal.challenges.pathway import ChallengeState, Pathway
from portal.db import clock
from portal.law.releases import ReleaseKind
from portal.law.thresholds import AuthorityKind, ContractKind
from portal.organisations.models import Organisation

THEMES = ("transport", "health", "housing", "food", "waste", "planning", "energy", "skills")
RELEASED = tuple(s for s in ChallengeState if s not in {"design_thinking", "articulation", "business_case"})
_WORDS = tuple(
    """bus tram stop journey ticket carer neighbour damp window heating repair clinic letter waiting room garden market
    van bin street light path cycle school kitchen lunch grower farm river flood map survey meeting plan crossing
    sensor phone screen reader voice language volunteer library museum park bench warm home grant form""".split()  # noqa: SIM905
)
_AT_ONCE = 5_000


def released(session: Session, count: int, *, authorities: int = 8, seed: int = 1) -> None:
    """`count` released challenges of several authorities, spread over all themes and states, newest last.

    Called twice for one database, it needs another `seed` each time.
    """
    chance = random.Random(seed)
    leads = [_authority(session, number) for number in range(authorities)]
    for first in range(0, count, _AT_ONCE):
        _chunk(session, chance, leads, range(first, min(first + _AT_ONCE, count)), count, seed)


def _authority(session: Session, number: int) -> Organisation:
    found = session.scalars(select(Organisation).where(Organisation.code == f"M{number}")).first()
    if found is None:
        kind = AuthorityKind.LOCAL_AUTHORITY
        found = Organisation(
            name=f"Borough {number}", code=f"M{number}", authority_kind=kind, is_authority=True, created_at=clock.now()
        )
        session.add(found)
        session.flush()
    return found


def _chunk(
    session: Session, chance: random.Random, leads: list[Organisation], numbers: range, count: int, seed: int
) -> None:
    challenges = [_challenge(chance, chance.choice(leads), number, count, 2000 + seed) for number in numbers]
    ids = _inserted(session, Challenge, challenges)
    named = {lead.id: lead.name for lead in leads}
    parties = [{"organisation_id": row["lead_id"], "part": Part.LEAD} for row in challenges]
    _below(session, ChallengeParty, ids, parties)
    rounds = _inserted(session, Round, [_round(id_, row) for id_, row in zip(ids, challenges, strict=True)])
    session.execute(insert(Lot), [{"round_id": id_, "number": 1, "title": "", "description": ""} for id_ in rounds])
    session.execute(
        insert(Criterion),
        [
            {"round_id": id_, "position": n, "name": name, "weight": weight, "question": f"{name}?"}
            for id_ in rounds
            for n, (name, weight) in enumerate((("Fit with the need", 60), ("Delivery", 40)), start=1)
        ],
    )
    deals = _inserted(session, Deal, [{"challenge_id": id_, "go_on_count": 3, "version": 1} for id_ in ids])
    session.execute(
        insert(DealStage),
        [{"deal_id": id_, "stage": 3, "pays_pence": chance.choice((0, 150_000)), "hours": 12} for id_ in deals],
    )
    contents = [_content(row, named[row["lead_id"]]) for row in challenges]
    told = list(zip(challenges, contents, strict=True))
    _below(session, BriefVersion, ids, [_version(row, content) for row, content in told])
    found_by = [{"words": search.text_to_index(row["reference"], content)} for row, content in told]
    _below(session, SearchedChallenge, ids, found_by)


def _inserted(session: Session, model: Any, rows: list[dict[str, Any]]) -> list[int]:
    return list(session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows))


def _below(session: Session, model: Any, ids: list[int], rows: list[dict[str, Any]]) -> None:
    session.execute(insert(model), [{"challenge_id": id_} | row for id_, row in zip(ids, rows, strict=True)])


def _challenge(chance: random.Random, lead: Organisation, number: int, count: int, run: int) -> dict[str, Any]:
    now = clock.now()
    state = chance.choice(RELEASED)
    pathway = Pathway.SHOWCASE if state in {"support", "showcase"} else chance.choice(list(Pathway))
    released_at = now - timedelta(days=1, minutes=5 * (count - number))
    return {
        "reference": f"{lead.code}-{run}-{number:06}",
        "pathway": pathway,
        "title": " ".join(chance.sample(_WORDS, 6)).capitalize(),
        "summary": f"How might we {' '.join(chance.sample(_WORDS, 14))}?",
        "theme": chance.choice(THEMES),
        "lead_id": lead.id,
        "release_kind": ReleaseKind.BELOW_THRESHOLD,
        "contract_kind": ContractKind.SERVICES,
        "estimated_pence": chance.randrange(1_000_000, 9_000_000, 50_000),
        "state": state.value,
        "state_since": released_at,
        "created_at": released_at - timedelta(days=40),
        "released_at": released_at,
        "activated_at": now if state == "activated" else None,
        "brief_number": 1,
        "version": 1,
    }


def _round(challenge_id: int, row: dict[str, Any]) -> dict[str, Any]:
    now = clock.now()
    return {
        "challenge_id": challenge_id,
        "kind": RoundKind.CHALLENGE,
        "opens_at": row["released_at"],
        "questions_until": now + timedelta(days=10),
        "deadline": now + timedelta(days=30) if row["state"] == "open" else now + timedelta(days=10, seconds=1),
        "version": 1,
    }


def _content(row: dict[str, Any], lead: str) -> dict[str, Any]:
    html = "".join(f"<p>{row['summary']} {row['title']}.</p>" for _ in range(3))
    criteria = [
        {
            "name": name,
            "description": "",
            "question": f"{name}?",
            "word_limit": 500,
            "weight": weight,
            "max_score": 5,
            "descriptors": [{"score": score, "text": f"What {score} means."} for score in range(6)],
        }
        for name, weight in (("Fit with the need", 60), ("Delivery", 40))
    ]
    stages = [{"stage": 3, "pays_pence": 0, "hours": 12}]
    deal = {"go_on_count": 3, "decision_on": "2027-03-01", "intellectual_property": "You.", "if_unfunded": "We say so."}
    return {
        "round": "challenge",
        "title": row["title"],
        "summary": row["summary"],
        "theme": row["theme"],
        "pathway": row["pathway"].value,
        "lead": lead,
        "joint": [],
        "partners": [],
        "release_kind": row["release_kind"].value,
        "contract_kind": row["contract_kind"].value,
        "estimated_pence": row["estimated_pence"],
        "option_pence": 0,
        "participant_pence": 0,
        "vat": "inclusive",
        "purchase_announced": False,
        "market_gap": "",
        "lots_reason": "",
        "sections": [
            {"key": key, "html": html} for key in ("question", "who_is_affected", "evidence", "tried_already")
        ],
        "must_haves": ["Works with a phone.", "Needs no training."],
        "deal": deal | {"stages": stages},
        "questions_until": None,
        "deadline": None,
        "judging": {"scoring": "mean", "quorum": 2, "spread_limit": 2, "minimum_percent": 50},
        "lots": [{"number": 1, "title": "", "description": ""}],
        "criteria": criteria,
    }


def _version(row: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(content, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"number": 1, "published_at": row["released_at"], "reason": "", "content": text, "digest": digest}

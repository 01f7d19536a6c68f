"""A brief as firms are told it, as one plain value: what is published, digested, compared and shown."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import (
    BriefSection,
    BriefVersion,
    Challenge,
    ChallengeParty,
    Criterion,
    Deal,
    Lot,
    MustHave,
    Part,
    Round,
    RoundKind,
)
from portal.challenges.queries import round_of
from portal.challenges.sections import SECTIONS

Content = dict[str, Any]


def content_of(session: Session, challenge: Challenge, kind: RoundKind = RoundKind.CHALLENGE) -> Content:
    """Everything firms are told of a challenge and one of its rounds, as it stands in the rows now."""
    return {
        "round": kind.value,
        "title": challenge.title,
        "summary": challenge.summary,
        "theme": challenge.theme,
        "pathway": challenge.pathway.value,
        **_bodies(session, challenge),
        **_terms(challenge),
        "sections": _sections(session, challenge),
        "must_haves": must_haves(session, challenge),
        "deal": _deal(session, challenge),
        **_round(round_of(session, challenge, kind)),
    }


def canonical(content: Content) -> str:
    """The one way of writing a content, so that equal contents have equal digests."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of a canonical content."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(version: BriefVersion) -> Content:
    """The content of a published version."""
    found: Content = json.loads(version.content)
    return found


def must_haves(session: Session, challenge: Challenge) -> list[str]:
    """What a solution must do, in order."""
    rows = select(MustHave.text).where(MustHave.challenge_id == challenge.id).order_by(MustHave.position)
    return list(session.scalars(rows))


def sections_of(session: Session, challenge: Challenge) -> dict[str, BriefSection]:
    """The sections that have been written, by key."""
    rows = select(BriefSection).where(BriefSection.challenge_id == challenge.id).order_by(BriefSection.id)
    return {row.key: row for row in session.scalars(rows)}


def deal_of(session: Session, challenge: Challenge) -> Deal | None:
    """The deal, once somebody began to write it."""
    return session.scalars(select(Deal).where(Deal.challenge_id == challenge.id)).first()


def _bodies(session: Session, challenge: Challenge) -> Content:
    rows = session.scalars(
        select(ChallengeParty)
        .where(ChallengeParty.challenge_id == challenge.id)
        .options(joinedload(ChallengeParty.organisation, innerjoin=True))
        .order_by(ChallengeParty.id)
    ).all()
    named = {part: [row.organisation.name for row in rows if row.part is part] for part in Part}
    return {"lead": " and ".join(named[Part.LEAD]), "joint": named[Part.JOINT], "partners": named[Part.SUPPORT]}


def _terms(challenge: Challenge) -> Content:
    return {
        "release_kind": challenge.release_kind.value if challenge.release_kind else None,
        "contract_kind": challenge.contract_kind.value if challenge.contract_kind else None,
        "estimated_pence": challenge.estimated_pence,
        "option_pence": challenge.option_pence,
        "participant_pence": challenge.participant_pence,
        "vat": challenge.vat.value,
        "purchase_announced": challenge.purchase_announced,
        "market_gap": challenge.market_gap,
        "lots_reason": challenge.lots_reason,
        **({"reserved": challenge.reserved} if challenge.reserved else {}),
    }


def _sections(session: Session, challenge: Challenge) -> list[Content]:
    written = sections_of(session, challenge)
    return [
        {"key": part.key, "html": written[part.key].html}
        for part in SECTIONS
        if part.key in written and written[part.key].html.strip()
    ]


def _deal(session: Session, challenge: Challenge) -> Content | None:
    deal = deal_of(session, challenge)
    if deal is None:
        return None
    return {
        "go_on_count": deal.go_on_count,
        "decision_on": deal.decision_on.isoformat() if deal.decision_on else None,
        "intellectual_property": deal.intellectual_property,
        "if_unfunded": deal.if_unfunded,
        "stages": [
            {"stage": stage.stage, "pays_pence": stage.pays_pence, "hours": stage.hours} for stage in deal.stages
        ],
    }


def _round(found: Round | None) -> Content:
    if found is None:
        return {"questions_until": None, "deadline": None, "judging": None, "lots": [], "criteria": []}
    return {
        "questions_until": found.questions_until.isoformat() if found.questions_until else None,
        "deadline": found.deadline.isoformat() if found.deadline else None,
        "judging": {
            "scoring": found.scoring.value,
            "quorum": found.quorum,
            "spread_limit": found.spread_limit,
            "minimum_percent": found.minimum_percent,
            **said_where(blind=found.blind),
        },
        "lots": [_lot(lot) for lot in found.lots],
        "criteria": [criterion_content(criterion) for criterion in found.criteria],
    }


def said_where(**flags: bool | None) -> Content:
    """Flags that are set: what is not so is not said, so that briefs published before a flag existed stay the same."""
    return {name: True for name, flag in flags.items() if flag}


def _lot(lot: Lot) -> Content:
    return {"number": lot.number, "title": lot.title, "description": lot.description}


def criterion_content(criterion: Criterion) -> Content:
    """One criterion with its question and what each score means."""
    return {
        "name": criterion.name,
        "description": criterion.description,
        "question": criterion.question,
        "word_limit": criterion.word_limit,
        "weight": criterion.weight,
        "max_score": criterion.max_score,
        **said_where(by_price=criterion.by_price, price_judged=criterion.price_judged),
        "descriptors": [{"score": each.score, "text": each.text} for each in criterion.descriptors],
        **{name: said for name in ("reason", "social_outcome", "example") if (said := getattr(criterion, name))},
    }

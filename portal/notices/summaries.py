"""What every assessed firm is told of its own assessment and, beside it, of the winner's.

Procurement Act 2023 s.50(3)–(4) and Procurement Regulations 2024 reg. 31: criteria, weights and scores available, the
score and its explanation for each criterion, the total, and the same of the firm that won.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.assessment.models import Decision, Outcome
from portal.assessment.queries import outcomes_of
from portal.challenges.models import Challenge
from portal.challenges.queries import round_of
from portal.partnerships.queries import deciding_round
from portal.responses.models import Response


@dataclass(frozen=True, slots=True)
class Written:
    """A summary before it is sent: whom it is for, and its content."""

    response: Response
    content: dict[str, Any]


def write_summaries(session: Session, challenge: Challenge) -> list[Written]:
    """A summary for every response that was scored in the round that decides, best total first."""
    asked = round_of(session, challenge, deciding_round(challenge))
    if asked is None:
        return []
    scored = [each for each in outcomes_of(session, asked).values() if each.feedback and each.total is not None]
    scored.sort(key=lambda each: (-(each.total or 0), each.response_id))
    return [Written(each.response, _content(challenge, each, _winners_over(each, scored))) for each in scored]


def _winners_over(outcome: Outcome, scored: list[Outcome]) -> list[Outcome]:
    return [
        each
        for each in scored
        if each.decision is Decision.CHOSEN and each.response.lot_id == outcome.response.lot_id and each is not outcome
    ]


def _content(challenge: Challenge, outcome: Outcome, winners: list[Outcome]) -> dict[str, Any]:
    """The summary as data. Totals are hundredths of a per cent, scores hundredths of a point."""
    return {
        "challenge": challenge.reference,
        "title": challenge.title,
        "firm": outcome.response.organisation.name,
        "chosen": outcome.decision is Decision.CHOSEN,
        "total": outcome.total,
        "message": outcome.message,
        "criteria": [
            {
                "name": each.criterion.name,
                "weight": each.criterion.weight,
                "most": each.criterion.max_score,
                "score": each.score_hundredths,
                "text": each.text,
            }
            for each in outcome.feedback
        ],
        "winners": [
            {
                "firm": each.response.organisation.name,
                "total": each.total,
                "scores": {
                    point.criterion.name: {"score": point.score_hundredths, "text": point.text}
                    for point in each.feedback
                },
            }
            for each in winners
        ],
    }


def unexplained(written: list[Written]) -> list[str]:
    """The firms whose summary lacks an explanation for some criterion."""
    return [
        each.content["firm"] for each in written if any(not point["text"].strip() for point in each.content["criteria"])
    ]

"""The parts that belong to a round: its criteria and how they are scored, its dates, its lots."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.challenges.brief_content import said_where
from portal.challenges.models import Challenge, Criterion, Lot, Round, RoundKind, ScoreDescriptor, ScoringMethod
from portal.challenges.queries import round_of

Value = dict[str, Any]

_JUDGING = ("quorum", "spread_limit", "minimum_percent")
_CRITERION = ("name", "question", "description", "word_limit", "weight", "reason", "social_outcome", "example")
_TOP_SCORE = 5


def round_for(session: Session, challenge: Challenge, kind: RoundKind) -> Round:
    """The round, made with its one lot where the challenge has none of this kind yet."""
    found = round_of(session, challenge, kind)
    if found is None:
        found = Round(challenge_id=challenge.id, kind=kind, lots=[Lot(number=1)], criteria=[])
        session.add(found)
        session.flush()
    return found


def _read_criteria(session: Session, challenge: Challenge, kind: RoundKind) -> Value:
    """A tender round that has no criteria of its own yet begins from those of the challenge."""
    found = round_of(session, challenge, kind)
    copied = kind is RoundKind.TENDER and (found is None or not found.criteria)
    if copied:
        found = round_of(session, challenge)
    judged = found or Round(scoring=ScoringMethod.MEAN, quorum=2, spread_limit=2, minimum_percent=50, criteria=[])
    return {
        "scoring": judged.scoring.value,
        **{name: getattr(judged, name) for name in _JUDGING},
        "blind": bool(judged.blind),
        "criteria": [
            {
                "id": None if copied else criterion.id,
                **{name: getattr(criterion, name) for name in _CRITERION},
                "by_price": criterion.by_price,
                "price_judged": criterion.price_judged,
                "scores": [_meaning(criterion, score) for score in range(_TOP_SCORE + 1)],
            }
            for criterion in judged.criteria
        ],
    }


def _meaning(criterion: Criterion, score: int) -> str:
    return next((each.text for each in criterion.descriptors if each.score == score), "")


def _write_criteria(session: Session, challenge: Challenge, value: Value, kind: RoundKind) -> None:
    found = round_for(session, challenge, kind)
    found.scoring = ScoringMethod(value["scoring"])
    found.blind = value.get("blind", False)
    for name in _JUDGING:
        setattr(found, name, value[name])
    known = {criterion.id: criterion for criterion in found.criteria}
    kept = [_written(known.get(said["id"]), said) for said in value["criteria"]]
    for position, criterion in enumerate(kept, start=1):
        criterion.position = position
    found.criteria = kept


def _written(known_row: Criterion | None, said: Value) -> Criterion:
    """One criterion in its row: the row stays where there was one, because answers name it."""
    criterion = known_row or Criterion(max_score=_TOP_SCORE, descriptors=[])
    for name in _CRITERION:
        setattr(criterion, name, said.get(name, ""))
    criterion.by_price = said.get("by_price", False)
    criterion.price_judged = criterion.by_price and said.get("price_judged", False)
    known = {each.score: each for each in criterion.descriptors}
    kept = [known.get(score) or ScoreDescriptor(score=score) for score, text in _meanings(said)]
    for row, (_score, text) in zip(kept, _meanings(said), strict=True):
        row.text = text
    criterion.descriptors = kept
    return criterion


def _meanings(said: Value) -> list[tuple[int, str]]:
    return [(score, text) for score, text in enumerate(said["scores"]) if text]


def _overlay_criteria(value: Value) -> Value:
    return {
        "judging": {name: value[name] for name in ("scoring", *_JUDGING)} | said_where(blind=value.get("blind")),
        "criteria": [
            {
                **{name: said.get(name, "") for name in _CRITERION},
                **said_where(by_price=said.get("by_price"), price_judged=said.get("price_judged")),
                "max_score": _TOP_SCORE,
                "descriptors": [{"score": score, "text": text} for score, text in _meanings(said)],
            }
            for said in value["criteria"]
        ],
    }


def _read_dates(session: Session, challenge: Challenge, kind: RoundKind) -> Value:
    found = round_of(session, challenge, kind)
    return {
        "questions_until": found.questions_until.isoformat() if found and found.questions_until else None,
        "deadline": found.deadline.isoformat() if found and found.deadline else None,
    }


def _write_dates(session: Session, challenge: Challenge, value: Value, kind: RoundKind) -> None:
    found = round_for(session, challenge, kind)
    found.questions_until, found.deadline = moment(value["questions_until"]), moment(value["deadline"])


def _read_lots(session: Session, challenge: Challenge, kind: RoundKind) -> Value:
    found = round_of(session, challenge, kind)
    lots = found.lots if found else []
    named = [{"title": lot.title, "description": lot.description} for lot in lots] if len(lots) > 1 else []
    return {"reason": challenge.lots_reason, "lots": named}


def _write_lots(session: Session, challenge: Challenge, value: Value, kind: RoundKind) -> None:
    found = round_for(session, challenge, kind)
    challenge.lots_reason = value["reason"]
    wanted = value["lots"] or [{"title": "", "description": ""}]
    del found.lots[len(wanted) :]
    for number, said in enumerate(wanted, start=1):
        if number > len(found.lots):
            found.lots.append(Lot(number=number))
        lot = found.lots[number - 1]
        lot.title, lot.description = said["title"], said["description"]


def moment(text: str | None) -> datetime | None:
    """A moment as a value keeps it."""
    return datetime.fromisoformat(text) if text else None


READ: dict[str, Callable[[Session, Challenge, RoundKind], Value]] = {
    "criteria": _read_criteria,
    "dates": _read_dates,
    "lots": _read_lots,
}
WRITE: dict[str, Callable[[Session, Challenge, Value, RoundKind], None]] = {
    "criteria": _write_criteria,
    "dates": _write_dates,
    "lots": _write_lots,
}
OVERLAY: dict[str, Callable[[Value], Value]] = {"criteria": _overlay_criteria, "dates": lambda value: value}

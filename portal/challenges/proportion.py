"""Keeping a form proportionate: what it may not ask, and what each question beyond the standard ones costs the council.

One set of sentences, asked where a part is written (beside its field) and again at release and amendment, so that what
was imported or written before the value was known is caught too.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from portal.challenges import standing
from portal.challenges.asking import STANDARD_QUESTIONS
from portal.challenges.models import Challenge
from portal.law.proportion import refused, suitability_may_not_be_asked

ASKS = frozenset({"must_haves", "criteria"})
"""The parts of a brief that ask something of firms."""
REASON_MISSING = (
    f"Say why this must be asked too. A form has {STANDARD_QUESTIONS} questions; each more costs every firm time."
)


def below_threshold(session: Session, challenge: Challenge) -> bool:
    """Whether suitability may not be looked at before firms answer (Procurement Act 2023 s.85)."""
    value = standing.value_of(challenge)
    return suitability_may_not_be_asked(standing.standing_of(session, challenge), challenge.contract_kind, value)


def faults(key: str, value: dict[str, Any], *, below: bool) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a part's value: the number of the entry (from 0), the name of its field, and a sentence."""
    if key == "must_haves":
        yield from _in_must_haves(value["texts"], below)
    elif key == "criteria":
        for number, said in enumerate(value["criteria"]):
            yield from _in_criterion(number, said, below)


def _in_must_haves(texts: list[str], below: bool) -> Iterator[tuple[int, str, str]]:
    for number, text in enumerate(texts):
        sentence = refused(text, below_threshold=below)
        if sentence:
            yield number, "texts", f"“{text}”: {sentence}"


def _in_criterion(number: int, said: dict[str, Any], below: bool) -> Iterator[tuple[int, str, str]]:
    for name in ("name", "question", "description"):
        sentence = refused(said[name] or "", below_threshold=below)
        if sentence:
            yield number, name, sentence
    if number >= STANDARD_QUESTIONS and not said.get("reason"):
        yield number, "reason", REASON_MISSING

"""The dates a brief promised beside the days on which things happened, for anybody who thinks about answering."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges import brief_content
from portal.challenges.brief_view import BriefView
from portal.challenges.models import BriefVersion, Challenge
from portal.challenges.pathway import ChallengeState, Pathway
from portal.challenges.published import Published
from portal.db import clock
from portal.journal.models import JournalEntry
from portal.law.calendar import london_date
from portal.web.filters import long_date
from portal.workflow import machine_of

_AFTERWARDS: dict[Pathway, tuple[tuple[ChallengeState, str], ...]] = {
    Pathway.SHOWCASE: (
        (ChallengeState.SUPPORT, "Support begins"),
        (ChallengeState.SHOWCASE, "Showcase is prepared"),
        (ChallengeState.BUSINESS_CASE, "Business case for funding"),
        (ChallengeState.ACTIVATED, "Partnership is active"),
    ),
    Pathway.DIRECT: ((ChallengeState.ACTIVATED, "Partnership is active"),),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One step: the day that was promised first, the day that holds now if it moved, and when it happened."""

    what: str
    promised: date | None
    moved_to: date | None
    happened: date | None
    own: bool = False
    """Whether it is the reader's own step: nobody promised a day for it."""

    @property
    def promised_words(self) -> str:
        """The day promised, and the one it moved to; for a step of the reader's own, that it was up to them."""
        if self.own:
            return "Up to you"
        words = long_date(self.promised) if self.promised else "No date promised"
        return f"{words}, moved to {long_date(self.moved_to)}" if self.moved_to else words

    @property
    def late(self) -> bool:
        """Whether it happened after the day that was promised first."""
        return self.promised is not None and self.happened is not None and self.happened > self.promised


def promises(session: Session, found: Published, brief: BriefView) -> tuple[Promise, ...]:
    """Every step in its order. Only the first version's dates count as promised: a moved date shows as moved."""
    challenge = found.challenge
    first = _first(session, challenge) if challenge.brief_number > 1 else None
    entered, left = days_of_moves(session, challenge)
    begun = first or {"questions_until": found.questions_until, "deadline": found.deadline}
    decision = brief.deal.decision_on if brief.deal else None
    promised = (first or {}).get("decision_on") or decision
    return (
        window("Questions close", begun["questions_until"], found.questions_until),
        window("Responses close", begun["deadline"], found.deadline),
        Promise("You hear our decision", promised, moved_to(promised, decision), left.get(ChallengeState.ASSESSMENT)),
        *(Promise(what, None, None, entered.get(state)) for state, what in _AFTERWARDS[challenge.pathway]),
    )


def window(what: str, promised: datetime | None, now: datetime | None) -> Promise:
    """A step that the clock brings about: promised for one moment, perhaps moved, and happened once that passed."""
    before, after = (london_date(each) if each else None for each in (promised, now))
    passed = now is not None and now <= clock.now()
    return Promise(what, before, moved_to(before, after), after if passed else None)


def moved_to(promised: date | None, now: date | None) -> date | None:
    """The day that holds now, where it is not the one that was promised."""
    return now if now != promised else None


def _first(session: Session, challenge: Challenge) -> dict[str, Any] | None:
    """The dates of the first version."""
    version = session.scalars(
        select(BriefVersion).where(BriefVersion.challenge_id == challenge.id, BriefVersion.number == 1)
    ).first()
    if version is None:
        return None
    content = brief_content.read(version)
    told = {name: content[name] for name in ("questions_until", "deadline")}
    decision = (content["deal"] or {}).get("decision_on")
    return {name: datetime.fromisoformat(text) if text else None for name, text in told.items()} | {
        "decision_on": date.fromisoformat(decision) if decision else None
    }


def days_of_moves(session: Session, challenge: Challenge) -> tuple[dict[str, date], dict[str, date]]:
    """The days on which it entered and left its states, the first time each, from the journal."""
    entries = session.execute(
        select(JournalEntry.at, JournalEntry.data)
        .where(
            JournalEntry.challenge_id == challenge.id,
            JournalEntry.subject_kind == machine_of(challenge).name,
            JournalEntry.subject_id == challenge.id,
        )
        .order_by(JournalEntry.sequence)
        .limit(200)
    )
    entered: dict[str, date] = {}
    left: dict[str, date] = {}
    for at, data in entries:
        told = json.loads(data)
        before, after = told.get("before"), told.get("after")
        if before and after and before != after:
            left.setdefault(before, london_date(at))
            entered.setdefault(after, london_date(at))
    return entered, left

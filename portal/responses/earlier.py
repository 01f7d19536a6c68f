"""What a firm wrote before, offered where it is asked the same again: only its own, and only to its own people.

A response of a group belongs to the firm that led it, so a firm is offered what it led itself. Nothing is copied by
itself: somebody chooses a text, reads it in the box, and saves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Criterion
from portal.organisations.models import FirmProfile
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseSection
from portal.responses.sections import PRICE, SUMMARY, Asked, criterion_key

PROFILE = "profile"
STATEMENT = "statement"
_OFFERED = 3
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text that can be started from: what it is called in the address, where it comes from, and its words."""

    key: str
    source: str
    question: str
    text: str
    written_at: datetime | None = None


def offered(session: Session, actor: Actor, response: Response, asked: Asked) -> list[Earlier]:
    """The texts nearest to what is asked; none for other firms' people.

    First what the firm says of itself once for every use: its profile where a summary is asked, its statement on
    what it changes where social value is.
    """
    if response.organisation_id not in actor.ids(Permission.RESPONSE_WRITE):
        return []
    found = [each for each in _earlier(session, response, asked) if each.text]
    profile = response.organisation.summary.strip()
    if asked.key == SUMMARY and profile:
        found.insert(0, Earlier(PROFILE, "Your organisation's profile", "What you say of yourselves", profile))
    statement = _statement(session, response) if asked.is_social else ""
    if statement:
        found.insert(0, Earlier(STATEMENT, "Your social impact statement", "What changes because of you", statement))
    return found[:_OFFERED]


def _statement(session: Session, response: Response) -> str:
    profile = session.get(FirmProfile, response.organisation_id)
    return profile.social_impact.strip() if profile else ""


def _earlier(session: Session, response: Response, asked: Asked) -> list[Earlier]:
    rows = session.execute(
        select(ResponseSection, Challenge.title)
        .join(Response, Response.id == ResponseSection.response_id)
        .join(Challenge, Challenge.id == Response.challenge_id)
        .where(Response.organisation_id == response.organisation_id, Response.id != response.id)
        .order_by(ResponseSection.saved_at.desc(), ResponseSection.id.desc())
        .limit(_LOOKED_AT)
    ).all()
    questions = _questions(session, [section.key for section, _title in rows])
    ranked = [
        (nearness(asked, section.key, *questions.get(section.key, ("", ""))), section, title) for section, title in rows
    ]
    near = [(rank, section, title) for rank, section, title in ranked if rank]
    near.sort(key=lambda each: -each[0])  # stable: the latest first within the same nearness
    return [
        Earlier(
            f"{section.id}",
            f"“{title}”",
            " ".join(part for part in questions.get(section.key, ("", ""))[:1] if part) or asked.title,
            section.text,
            section.saved_at,
        )
        for _rank, section, title in near
    ]


def _questions(session: Session, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The name and the question of each criterion that was answered, by the key of its section."""
    ids = [int(key.removeprefix("criterion-")) for key in keys if key.startswith("criterion-")]
    rows = session.execute(select(Criterion.id, Criterion.name, Criterion.question).where(Criterion.id.in_(ids)))
    return {criterion_key(key): (name, question) for key, name, question in rows}


def nearness(asked: Asked, key: str, name: str, question: str) -> int:
    """How near an earlier section is: 3 the same question, 2 the same name, 1 half of its words; 0 is another thing."""
    if asked.key in {SUMMARY, PRICE} or key in {SUMMARY, PRICE}:
        return 3 if key == asked.key else 0
    if _same(asked.question, question):
        return 3
    if _same(asked.title, name):
        return 2
    ours, theirs = _words(asked.question), _words(question)
    return 1 if ours and theirs and len(ours & theirs) * 2 >= min(len(ours), len(theirs)) else 0


def _same(one: str, other: str) -> bool:
    return bool(one) and one.strip().casefold() == other.strip().casefold()


def _words(text: str) -> set[str]:
    return {word for word in (each.strip(".,?!:;“”").casefold() for each in text.split()) if len(word) > 3}

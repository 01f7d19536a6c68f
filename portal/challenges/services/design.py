"""Design thinking: who was met, what people need, which question is asked, and who answers for it."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, EngagementSession, HowMightWe, UserNeed
from portal.challenges.services.declaring import ask_sponsor
from portal.challenges.services.editing import EXPLORED, begin, note, note_author
from portal.challenges.thinking import MODELS
from portal.db import Conflict, clock, expect_version
from portal.policy import Actor

Entry = EngagementSession | UserNeed | HowMightWe
_WHAT = "What was learnt"


def add(session: Session, actor: Actor, challenge: Challenge, kind: str, **fields: Any) -> Entry:
    """Add a session that was held, a need, or a question that might be asked. Raises `NotNow`."""
    begin(session, challenge, EXPLORED, _WHAT)
    entry: Entry = MODELS[kind](challenge_id=challenge.id, **fields)
    session.add(entry)
    session.flush()
    _noted(session, actor, challenge, f"design.{kind}_added", entry.id)
    return entry


def change(
    session: Session, actor: Actor, challenge: Challenge, entry: Entry, version: int | None, **fields: Any
) -> None:
    """Change one of them. Raises `NotNow`, and `Conflict` where somebody else changed or removed it."""
    kind = _begin_with(session, challenge, entry, version)
    for name, value in fields.items():
        setattr(entry, name, value)
    _noted(session, actor, challenge, f"design.{kind}_changed", entry.id)


def remove(session: Session, actor: Actor, challenge: Challenge, entry: Entry, version: int | None) -> None:
    """Remove one of them. Raises as `change` does."""
    kind = _begin_with(session, challenge, entry, version)
    session.delete(entry)
    _noted(session, actor, challenge, f"design.{kind}_removed", entry.id)


def choose(session: Session, actor: Actor, challenge: Challenge, question: HowMightWe, version: int | None) -> None:
    """Choose the question the challenge will ask; whichever was chosen before no longer is. Raises as `change` does."""
    _begin_with(session, challenge, question, version)
    others = (HowMightWe.challenge_id == challenge.id, HowMightWe.id != question.id, HowMightWe.chosen_at.is_not(None))
    session.execute(update(HowMightWe).where(*others).values(chosen_at=None, version=HowMightWe.version + 1))
    question.chosen_at = clock.now()
    _noted(session, actor, challenge, "design.question_chosen", question.id)


def name_sponsor(
    session: Session, actor: Actor, challenge: Challenge, name: str, title: str, version: int | None, email: str = ""
) -> None:
    """Say which senior person answers for the challenge, and ask them about their interests where they have an address.

    Raises `NotNow` and `Conflict`.
    """
    begin(session, challenge, EXPLORED, "The sponsor")
    expect_version(challenge, version)
    challenge.sponsor_name, challenge.sponsor_title, challenge.sponsor_email = name, title, email
    if email:
        ask_sponsor(session, challenge, email)
    _noted(session, actor, challenge, "design.sponsor_named", challenge.id)


def _begin_with(session: Session, challenge: Challenge, entry: Entry, version: int | None) -> str:
    begin(session, challenge, EXPLORED, _WHAT)
    model: Any = type(entry)
    known = session.scalars(
        select(model)
        .where(model.id == entry.id, model.challenge_id == challenge.id)
        .execution_options(populate_existing=True)
    ).first()
    if known is None:
        raise Conflict("it was removed")
    expect_version(known, version)
    return next(kind for kind, model in MODELS.items() if isinstance(entry, model))


def _noted(session: Session, actor: Actor, challenge: Challenge, event: str, entry_id: int) -> None:
    note_author(session, actor, challenge)
    note(session, actor, challenge, event, entry=entry_id)

"""What a challenge's moves bring about here: publishing a brief, amending it, moving a deadline, keeping a reason.

These are effects: they run inside `workflow.fire`, which holds the challenge.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import workflow
from portal.challenges import amending, brief_content, incidents, parts, search
from portal.challenges.models import Amendment, BriefVersion, Challenge, DeadlineChange, Round, RoundKind
from portal.challenges.queries import round_of
from portal.challenges.requirements.given import given_deadline
from portal.machine import Situation

Effect = Callable[[Situation[Challenge]], None]


def publish_brief(at: Situation[Challenge]) -> None:
    """Release: the brief becomes version 1, its round opens now."""
    at.subject.released_at, at.subject.released_by_id = at.now, at.actor.person_id
    _open_round(at, RoundKind.CHALLENGE)
    version = _publish(at, RoundKind.CHALLENGE, reason="")
    workflow.announce(at.session, "brief published", challenge=at.subject, number=version.number)


def publish_tender(at: Situation[Challenge]) -> None:
    """Invite tenders: the brief with the tender's criteria and dates becomes another version, the round opens now."""
    _open_round(at, RoundKind.TENDER)
    version = _publish(at, RoundKind.TENDER, reason="Tenders invited")
    workflow.announce(at.session, "tender published", challenge=at.subject, number=version.number)


def publish_amendment(at: Situation[Challenge]) -> None:
    """Apply what was prepared and publish it as the next version, with its reason; everyone is told."""
    session, challenge = at.session, at.subject
    proposal = amending.proposal_of(amending.pending(session, challenge))
    reason = str(at.given["reason"])
    before = _round(session, challenge, RoundKind.CHALLENGE).deadline
    for key, value in proposal.items():
        parts.write(session, challenge, key, value)
    session.execute(delete(Amendment).where(Amendment.challenge_id == challenge.id))
    version = _publish(at, RoundKind.CHALLENGE, reason=reason)
    found = _round(session, challenge, RoundKind.CHALLENGE)
    if before is not None and found.deadline is not None and found.deadline != before:
        _note_deadline(at, found, before, reason)
    workflow.announce(session, "brief amended", challenge=challenge, number=version.number)


def move_deadline(kind: RoundKind) -> Effect:
    """The effect that moves a round's deadline to the one given, for everyone, with the reason given.

    It makes up for every incident on record, whose time the move's own requirement has given back.
    """

    def move(at: Situation[Challenge]) -> None:
        found = _round(at.session, at.subject, kind)
        before, found.deadline = found.deadline, given_deadline(at)
        if before is None:
            raise LookupError(f"{at.subject.reference} had no deadline to move")
        away = incidents.pending(at.session, found)
        change = _note_deadline(at, found, before, str(at.given.get("reason", "")), incident=bool(away))
        for each in away:
            each.change_id = change.id
        at.session.flush()

    return move


def keep_end_reason(at: Situation[Challenge]) -> None:
    """Keep why a challenge ended, for its page."""
    at.subject.end_reason = str(at.given["reason"])


def content_digest(at: Situation[Challenge]) -> str:
    """The digest of exactly what firms are told: what two people agree on."""
    return brief_content.digest_of(brief_content.canonical(brief_content.content_of(at.session, at.subject)))


def _round(session: Session, challenge: Challenge, kind: RoundKind) -> Round:
    found = round_of(session, challenge, kind)
    if found is None:
        raise LookupError(f"{challenge.reference} has no {kind.value} round")
    return found


def _open_round(at: Situation[Challenge], kind: RoundKind) -> None:
    _round(at.session, at.subject, kind).opens_at = at.now


def _publish(at: Situation[Challenge], kind: RoundKind, reason: str) -> BriefVersion:
    content = brief_content.canonical(brief_content.content_of(at.session, at.subject, kind))
    at.subject.brief_number += 1
    version = BriefVersion(
        challenge_id=at.subject.id,
        number=at.subject.brief_number,
        published_at=at.now,
        published_by_id=at.actor.person_id,
        reason=reason,
        content=content,
        digest=brief_content.digest_of(content),
    )
    at.session.add(version)
    at.session.flush()
    search.index(at.session, at.subject)
    return version


def _note_deadline(
    at: Situation[Challenge], moved: Round, before: datetime, reason: str, *, incident: bool = False
) -> DeadlineChange:
    facts: dict[str, Any] = {"before": before, "after": moved.deadline}
    change = DeadlineChange(
        round_id=moved.id,
        reason=reason,
        incident=incident,
        changed_at=at.now,
        changed_by_id=at.actor.person_id,
        **facts,
    )
    at.session.add(change)
    at.session.flush()
    workflow.announce(at.session, "deadline moved", challenge=at.subject, round=moved, **facts)
    return change

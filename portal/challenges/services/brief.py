"""Writing the brief: one act, whichever part is written."""

from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.challenges import parts
from portal.challenges.brief_content import canonical
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.services.editing import TENDER_PREPARED, WRITTEN, begin, note, note_author
from portal.db import Conflict
from portal.law.releases import needs_tender_round
from portal.machine import NotNow
from portal.policy import Actor, Permission


def save_part(
    session: Session,
    actor: Actor,
    challenge: Challenge,
    key: str,
    value: dict[str, Any],
    version: int | None,
    kind: RoundKind = RoundKind.CHALLENGE,
) -> None:
    """Put a new value into one part of the brief, or of the tender round that is being prepared.

    Raises `NotNow` outside the states in which it is written, and `Conflict` where somebody changed it meanwhile.
    """
    if kind is RoundKind.TENDER:
        begin(session, challenge, TENDER_PREPARED, "The tender")
        _check_tender_follows(challenge)
    else:
        begin(session, challenge, WRITTEN, "The brief")
    if parts.version_of(parts.read(session, challenge, key, kind)) != version:
        raise Conflict(f"{key} was changed by somebody else")
    parts.write(session, challenge, key, value, kind)
    if parts.PARTS[key].who is Permission.CHALLENGE_SHAPE:
        note_author(session, actor, challenge)
    digest = journal.digest_text(canonical(value))
    note(session, actor, challenge, "brief.part_saved", part=key, round=kind.value, digest=digest)


def _check_tender_follows(challenge: Challenge) -> None:
    if challenge.release_kind is None or not needs_tender_round(challenge.release_kind):
        raise NotNow("This challenge has no tender round: its release already was the invitation.")

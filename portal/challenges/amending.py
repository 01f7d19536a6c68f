"""Reading a proposed amendment: what it would change, and how the brief would then read."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges import brief_content, parts
from portal.challenges.differences import Difference, differences
from portal.challenges.models import Amendment, BriefVersion, Challenge, RoundKind


def pending(session: Session, challenge: Challenge) -> Amendment | None:
    """The amendment that is being prepared, if there is one."""
    return session.scalars(select(Amendment).where(Amendment.challenge_id == challenge.id)).first()


def proposal_of(amendment: Amendment | None) -> dict[str, Any]:
    """The parts it would change, each with its new value."""
    found: dict[str, Any] = json.loads(amendment.proposal) if amendment else {}
    return found


def proposed_value(session: Session, challenge: Challenge, key: str) -> dict[str, Any]:
    """A part as the amendment would have it, or as it is where that leaves it alone."""
    found: dict[str, Any] = proposal_of(pending(session, challenge)).get(key) or parts.read(session, challenge, key)
    return found


def proposed_content(session: Session, challenge: Challenge, proposal: dict[str, Any]) -> dict[str, Any]:
    """The whole brief as it would read."""
    content = brief_content.content_of(session, challenge)
    for key in parts.PARTS:
        if key in proposal:
            content = parts.overlay(content, key, proposal[key])
    return content


def proposed_differences(session: Session, challenge: Challenge, proposal: dict[str, Any]) -> list[Difference]:
    """What firms would read differently."""
    return differences(brief_content.content_of(session, challenge), proposed_content(session, challenge, proposal))


def versions_of(session: Session, challenge: Challenge) -> list[BriefVersion]:
    """Every published version, newest first."""
    rows = select(BriefVersion).where(BriefVersion.challenge_id == challenge.id).order_by(BriefVersion.number.desc())
    return list(session.scalars(rows))


def version_numbered(session: Session, challenge: Challenge, number: int) -> BriefVersion | None:
    """One published version."""
    wanted = (BriefVersion.challenge_id == challenge.id, BriefVersion.number == number)
    return session.scalars(select(BriefVersion).where(*wanted)).first()


def latest_version(
    session: Session, challenge: Challenge, kind: RoundKind = RoundKind.CHALLENGE
) -> BriefVersion | None:
    """The version of a round that counts now; None before its release."""
    for version in versions_of(session, challenge):
        if brief_content.read(version)["round"] == kind.value:
            return version
    return None

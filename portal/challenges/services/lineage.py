"""Copying, merging and splitting challenges, and running one again: linked both ways, never with responses."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges import parts
from portal.challenges.models import (
    Challenge,
    ChallengeLink,
    ChallengeParty,
    EngagementSession,
    HowMightWe,
    LinkKind,
    Part,
    UserNeed,
)
from portal.challenges.pathway import ENDS
from portal.challenges.services.editing import note, note_author
from portal.challenges.services.starting import NewChallenge, start
from portal.db import hold
from portal.machine import NotNow
from portal.organisations.models import Organisation
from portal.policy import Actor

_COPIED: dict[Any, tuple[str, ...]] = {
    EngagementSession: ("held_on", "place", "who_came", "people_count", "learnt"),
    UserNeed: ("who", "need", "evidence"),
    HowMightWe: ("text", "chosen_at"),
}
_CARRIED_PARTS = tuple(key for key in parts.PARTS if key not in {"summary", "dates", "route", "value"})


def may_be_copied(challenge: Challenge) -> bool:
    """Before its release, or after its end: never while firms are answering or being judged."""
    return challenge.released_at is None or challenge.state in ENDS


def copy(session: Session, actor: Actor, challenge: Challenge, title: str) -> Challenge:
    """A new challenge with everything that was learnt and written; after an end, that is running it again.

    Raises `NotNow` between release and end.
    """
    _hold(session, (challenge,))
    kind = LinkKind.RUN_AGAIN if challenge.state in ENDS else LinkKind.COPY
    return _made_from(session, actor, challenge, title, kind)


def split(session: Session, actor: Actor, challenge: Challenge, titles: Sequence[str]) -> list[Challenge]:
    """One new challenge for each title, each beginning with all that was written. Raises `NotNow`."""
    _hold(session, (challenge,))
    return [_made_from(session, actor, challenge, title, LinkKind.SPLIT) for title in titles]


def merge(session: Session, actor: Actor, challenge: Challenge, others: Sequence[Challenge], title: str) -> Challenge:
    """One new challenge from several of the same lead: the brief of the first, what was learnt in all of them.

    The others' briefs are appended section by section, so that nothing is lost and somebody can tidy up. Raises
    `NotNow` where one of them is open or being judged.
    """
    _hold(session, (challenge, *others))
    merged = _made_from(session, actor, challenge, title, LinkKind.MERGE)
    for other in others:
        _carry_learning(session, other, merged, chosen=False)
        _append_sections(session, other, merged)
        _carry_bodies(session, other, merged)
        _link(session, actor, other, merged, LinkKind.MERGE)
    return merged


def links_of(session: Session, challenge: Challenge) -> list[tuple[LinkKind, bool, Challenge]]:
    """What this challenge came from, and what came from it: the kind, whether the other is the later, the other."""
    found = []
    for mine, other, later in (
        (ChallengeLink.later_id, ChallengeLink.earlier_id, False),
        (ChallengeLink.earlier_id, ChallengeLink.later_id, True),
    ):
        rows = session.execute(
            select(ChallengeLink.kind, Challenge)
            .join(Challenge, Challenge.id == other)
            .where(mine == challenge.id)
            .order_by(ChallengeLink.id)
        )
        found += [(kind, later, linked) for kind, linked in rows]
    return found


def _hold(session: Session, challenges: Sequence[Challenge]) -> None:
    hold(session, *challenges)
    for challenge in challenges:
        if not may_be_copied(challenge):
            raise NotNow(
                f"{challenge.reference} has been released and has not ended. "
                "A challenge can be copied, merged or split before its release or after its end."
            )


def _made_from(session: Session, actor: Actor, earlier: Challenge, title: str, kind: LinkKind) -> Challenge:
    wanted = NewChallenge(earlier.pathway, title, earlier.theme, earlier.directorate_id, earlier.owner_id)
    later = start(session, actor, session.get_one(Organisation, earlier.lead_id), wanted)
    later.summary = earlier.summary
    later.sponsor_name, later.sponsor_title = earlier.sponsor_name, earlier.sponsor_title
    _carry_learning(session, earlier, later, chosen=True)
    for key in _CARRIED_PARTS:
        parts.write(session, later, key, _without_ids(parts.read(session, earlier, key)))
    _carry_bodies(session, earlier, later)
    _link(session, actor, earlier, later, kind)
    return later


def _without_ids(value: dict[str, Any]) -> dict[str, Any]:
    """Criteria as new ones: those of the earlier challenge stay where they are."""
    if "criteria" not in value:
        return value
    return value | {"criteria": [each | {"id": None} for each in value["criteria"]]}


def _carry_learning(session: Session, earlier: Challenge, later: Challenge, *, chosen: bool) -> None:
    for model, columns in _COPIED.items():
        for row in session.scalars(select(model).where(model.challenge_id == earlier.id).order_by(model.id)):
            fields = {name: getattr(row, name) for name in columns}
            if not chosen and "chosen_at" in fields:
                fields["chosen_at"] = None
            session.add(model(challenge_id=later.id, **fields))


def _append_sections(session: Session, earlier: Challenge, later: Challenge) -> None:
    for key in (key for key in parts.PARTS if key.startswith("section.")):
        own, more = parts.read(session, later, key), parts.read(session, earlier, key)
        if not more["source"].strip():
            continue
        if own["format"] == more["format"]:
            source = f"{own['source']}\n\n{more['source']}".strip()
            parts.write(session, later, key, {"source": source, "format": own["format"]})
        elif not own["source"].strip():
            parts.write(session, later, key, more)


def _carry_bodies(session: Session, earlier: Challenge, later: Challenge) -> None:
    known = {(party.organisation_id, party.part) for party in later.parties}
    for party in earlier.parties:
        if party.part is not Part.LEAD and (party.organisation_id, party.part) not in known:
            later.parties.append(ChallengeParty(organisation_id=party.organisation_id, part=party.part))


def _link(session: Session, actor: Actor, earlier: Challenge, later: Challenge, kind: LinkKind) -> None:
    session.add(ChallengeLink(earlier_id=earlier.id, later_id=later.id, kind=kind))
    note_author(session, actor, later)
    note(session, actor, later, f"challenge.{kind.value}", earlier=earlier.id)

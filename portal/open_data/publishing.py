"""A release for every event: noted when the event happens, written with it at the end of its transaction.

What happened in one transaction is one release, and what is told is how things stand when all of it is done: several
machines move when a partnership is activated.
"""

import json
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.challenges.intake.open_contracting.merging import merged
from portal.challenges.models import Challenge
from portal.challenges.pathway import ChallengeState
from portal.db import clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.open_data.models import PublishedRelease
from portal.open_data.publisher import publisher
from portal.open_data.statement import statement
from portal.open_data.tags import TAG_OF_NOTICE, in_order, tag_of
from portal.open_data.values import Body, moment
from portal.partnerships.models import SeenBenefit
from portal.partnerships.queries import is_public
from portal.workflow import Subject

_NOTED = "open_data_noted"
_SET_ASIDE = {"awards": "cancelled", "contracts": "cancelled"}


def note(session: Session, *, machine: str, move: str, subject: Subject, before: str) -> None:
    """Remember that something happened that the public may know of. Subscribed to every move."""
    challenge = subject.root()
    if not isinstance(challenge, Challenge) or challenge.released_at is None:
        return
    if isinstance(subject, SeenBenefit) and not is_public(subject):
        return
    tag = tag_of(machine, move, challenge, getattr(subject, "kind", None) if machine == "notice" else None)
    if tag is not None:
        session.info.setdefault(_NOTED, {}).setdefault(challenge, []).append(tag)


def note_official(session: Session, *, challenge: Challenge) -> None:
    """Remember that a released challenge was linked with an official notice. Subscribed to that announcement."""
    if challenge.released_at is not None:
        planned = challenge.release_kind is ReleaseKind.ENGAGEMENT and challenge.state == ChallengeState.OPEN
        tag = "planningUpdate" if planned else "tenderUpdate"
        session.info.setdefault(_NOTED, {}).setdefault(challenge, []).append(tag)


@event.listens_for(Session, "before_commit")
def _publish_what_was_noted(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for challenge, tags in session.info.pop(_NOTED, {}).items():
        publish(session, challenge, tags)


@event.listens_for(Session, "after_rollback")
def _forget_what_was_noted(session: Session) -> None:
    session.info.pop(_NOTED, None)


def publish(session: Session, challenge: Challenge, tags: list[str]) -> PublishedRelease:
    """Write the next release of a challenge. Its move holds the challenge, so that numbers follow each other."""
    session.flush()
    earlier = _earlier(session, challenge)
    number, now, ocid = len(earlier) + 1, clock.now(), publisher().ocid(challenge.reference)
    tagged = in_order(tags, {tag for each in earlier for tag in each.tags.split(",")})
    release_id = f"{ocid}-{number:03}"
    body: Body = {"ocid": ocid, "id": release_id, "date": moment(now), "tag": tagged}
    body |= _with_what_fell_away(statement(session, challenge), earlier)
    release = PublishedRelease(
        challenge_id=challenge.id,
        number=number,
        release_id=release_id,
        tags=",".join(tagged),
        published_at=now,
        content=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )
    session.add(release)
    return release


def drafted(session: Session, challenge: Challenge, kind: NoticeKind) -> Body:
    """The release that publishing a notice would make, were it published as things stand. Nothing is written."""
    earlier, ocid = _earlier(session, challenge), publisher().ocid(challenge.reference)
    tag = in_order([TAG_OF_NOTICE[kind]], {tag for each in earlier for tag in each.tags.split(",")})
    body: Body = {"ocid": ocid, "id": f"{ocid}-draft", "date": moment(clock.now()), "tag": tag}
    return body | _with_what_fell_away(statement(session, challenge), earlier)


def _earlier(session: Session, challenge: Challenge) -> list[PublishedRelease]:
    rows = select(PublishedRelease).where(PublishedRelease.challenge_id == challenge.id)
    return list(session.scalars(rows.order_by(PublishedRelease.number)))


def _with_what_fell_away(body: Body, earlier: list[PublishedRelease]) -> Body:
    """What was published once and stands no longer is said to be cancelled, never just left out."""
    if not earlier:
        return body
    before: dict[str, Any] = json.loads(earlier[-1].content)
    for section, status in _SET_ASIDE.items():
        here = {each["id"] for each in body.get(section, [])}
        gone = [each | {"status": status} for each in before.get(section, []) if each["id"] not in here]
        if gone:
            body = body | {section: [*gone, *body.get(section, [])]}
    named = {each["id"]: each for each in before["parties"]}
    return body | {"parties": list({**named, **{each["id"]: each for each in body["parties"]}}.values())}


def compiled(releases: list[PublishedRelease]) -> Body:
    """All releases of one challenge merged into how things stand: its compiled release."""
    whole: Body = {}
    for each in releases:
        whole = merged(whole, json.loads(each.content))
    return whole | {"id": f"{whole['ocid']}-{whole['date']}", "tag": ["compiled"]}

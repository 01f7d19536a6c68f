"""Reading what was published, in order and a stretch at a time."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.open_data.models import PublishedRelease
from portal.open_data.publisher import publisher


def releases_after(session: Session, after: int, *, most: int) -> Sequence[PublishedRelease]:
    """Up to `most` releases that were published after the one with this key, in the order of publication."""
    return session.scalars(
        select(PublishedRelease).where(PublishedRelease.id > after).order_by(PublishedRelease.id).limit(most)
    ).all()


def releases_of(session: Session, ocid: str) -> Sequence[PublishedRelease]:
    """Every release of one challenge, the first first."""
    found = session.scalars(
        select(PublishedRelease.challenge_id).where(PublishedRelease.release_id == f"{ocid}-001")
    ).first()
    if found is None or not ocid.startswith(publisher().prefix):
        return []
    return session.scalars(
        select(PublishedRelease).where(PublishedRelease.challenge_id == found).order_by(PublishedRelease.number)
    ).all()


def release_called(session: Session, release_id: str) -> PublishedRelease | None:
    """One release by its identifier."""
    return session.scalars(select(PublishedRelease).where(PublishedRelease.release_id == release_id)).first()


def latest_after(session: Session, after: int, *, most: int) -> Sequence[PublishedRelease]:
    """The latest release of each challenge, up to `most` challenges after the one with this key, by that key."""
    later = select(PublishedRelease.challenge_id, PublishedRelease.number).subquery()
    newer = (
        select(later.c.number)
        .where(later.c.challenge_id == PublishedRelease.challenge_id, later.c.number > PublishedRelease.number)
        .exists()
    )
    return session.scalars(
        select(PublishedRelease)
        .where(PublishedRelease.challenge_id > after, ~newer)
        .order_by(PublishedRelease.challenge_id)
        .limit(most)
    ).all()

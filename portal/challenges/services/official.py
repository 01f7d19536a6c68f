"""Linking a challenge with its official process: by hand beside a published notice, or from a file."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge, OfficialNotice
from portal.db import clock, share
from portal.law.ocids import FIND_A_TENDER, official_ocid
from portal.policy import Actor
from portal.workflow import announce

LINKED = "official notice linked"
"""Announced with the `challenge` when an official notice was linked that was not known before."""

_PAGE = "https://www.find-tender.service.gov.uk/Notice/{}"


def link_notice(
    session: Session,
    actor: Actor,
    challenge: Challenge,
    ocid: str,
    number: str,
    published_at: datetime,
    **told: str,
) -> bool:
    """Link an official notice; linking it again changes nothing. `told` are its `code`, `title` and `address`.

    Answers whether it was new. Raises `ValueError` with a sentence for an identifier that is not official.
    """
    share(session, challenge)
    ocid = official_ocid(ocid)
    same = (OfficialNotice.challenge_id == challenge.id, OfficialNotice.ocid == ocid, OfficialNotice.number == number)
    if session.scalars(select(OfficialNotice.id).where(*same)).first() is not None:
        return False
    if not told.get("address") and ocid.startswith(FIND_A_TENDER):
        told["address"] = _PAGE.format(number)
    now = clock.now()
    notice = OfficialNotice(
        challenge_id=challenge.id, ocid=ocid, number=number, published_at=published_at, linked_at=now, **told
    )
    session.add(notice)
    session.flush()
    subject = ("official_notice", notice.id)
    journal.record(session, actor, "challenge.official_notice", subject, challenge_id=challenge.id, ocid=ocid)
    announce(session, LINKED, challenge=challenge)
    return True

"""What officers do about notices, summaries and claims."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.challenges.services.official import link_notice
from portal.db import clock, hold
from portal.machine import NotNow
from portal.notices.duties import Duty, duties_of, footing_of
from portal.notices.models import Claim, ClaimOutcome, Notice, Summary, SummaryDispatch
from portal.notices.queries import award_number, dispatch_of, out_of_order
from portal.notices.summaries import unexplained, write_summaries
from portal.partnerships.queries import firms_behind, people_of
from portal.policy import Actor
from portal.workflow import fire


def check(session: Session, actor: Actor, challenge: Challenge, duty: Duty) -> Notice:
    """Say that a notice's particulars are right and it can be published."""
    notice = _begun(session, challenge, duty)
    fire(session, actor, notice, "prepare")
    return notice


def publish(
    session: Session,
    actor: Actor,
    challenge: Challenge,
    duty: Duty,
    reference: str,
    published_at: datetime,
    ocid: str = "",
) -> Notice:
    """Record that a notice was published on the official platform, under which number and when.

    Where its identifier there is known (`ocid`), the challenge is linked with the official process. Raises `NotNow`
    where its time has not come or the order of notices forbids it, `MoveRefused` for a time to come.
    """
    notice = _begun(session, challenge, duty)
    footing = footing_of(session, challenge)
    if footing and (fault := out_of_order(session, challenge, duty.kind, footing.standing, published_at)):
        raise NotNow(fault)
    notice.reference, notice.published_at = reference, published_at
    if ocid:
        told = {"code": duty.kind.code, "title": duty.kind.legal_name}
        link_notice(session, actor, challenge, ocid, reference, published_at, **told)
    fire(session, actor, notice, "publish")
    return notice


def give_reasons(session: Session, actor: Actor, challenge: Challenge, duty: Duty, reason: str) -> Notice:
    """Record the reasons that the tender notice will give for having published no engagement notice (s.17(1)(b))."""
    notice = _begun(session, challenge, duty)
    fire(session, actor, notice, "replace", reason=reason)
    return notice


def _begun(session: Session, challenge: Challenge, duty: Duty) -> Notice:
    """The row of a needed notice, locked with its challenge and begun where there is none."""
    hold(session, challenge)
    current = next((each for each in duties_of(session, challenge) if each.key == duty.key), None)
    if current is None or not current.ripe:
        raise NotNow("The time for this notice has not come, or has passed.")
    if current.notice is not None:
        return current.notice
    notice = Notice(
        challenge=challenge,
        kind=duty.kind,
        moment=duty.moment,
        number=duty.number,
        state="draft",
        state_since=clock.now(),
    )
    session.add(notice)
    session.flush()
    return notice


def send_summaries(session: Session, actor: Actor, challenge: Challenge) -> SummaryDispatch:
    """Send every assessed firm its summary, all at the same moment, and keep what was sent.

    Raises `NotNow` outside the award, when this award's were sent, or where an explanation is missing.
    """
    hold(session, challenge)
    number = award_number(session, challenge)
    if challenge.state != "award":
        raise NotNow("Summaries are sent while the challenge is at award.")
    if dispatch_of(session, challenge, number) is not None:
        raise NotNow("The summaries of this award have been sent.")
    written = write_summaries(session, challenge)
    if not written:
        raise NotNow("No response was scored, so there is nothing to send.")
    if lacking := unexplained(written):
        raise NotNow(f"Every score needs its explanation. Missing for: {', '.join(lacking)}.")
    dispatch = SummaryDispatch(
        challenge_id=challenge.id, number=number, sent_at=clock.now(), sent_by_id=actor.person_id
    )
    session.add(dispatch)
    session.flush()
    for each in written:
        content = json.dumps(each.content, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(content.encode()).hexdigest()
        session.add(Summary(dispatch_id=dispatch.id, response_id=each.response.id, content=content, digest=digest))
        for person_id in people_of(session, firms_behind(each.response)):
            outbox.queue(session, "notices.summary", person_id, response=each.response.reference)
    _note(session, actor, challenge, "summaries_sent", ("summary_dispatch", dispatch.id), number=number)
    return dispatch


def record_claim(session: Session, actor: Actor, challenge: Challenge, received_at: datetime, by_whom: str) -> Claim:
    """Record that legal proceedings have begun: nothing may be signed until the claim is closed (s.101)."""
    hold(session, challenge)
    if challenge.state != "award":
        raise NotNow("Claims are recorded while the challenge is at award.")
    if received_at > clock.now():
        raise NotNow("A claim cannot have been received in the future.")
    claim = Claim(
        challenge_id=challenge.id,
        award_number=award_number(session, challenge),
        received_at=received_at,
        by_whom=by_whom,
        recorded_at=clock.now(),
    )
    session.add(claim)
    session.flush()
    _note(session, actor, challenge, "claim_received", ("claim", claim.id))
    return claim


def close_claim(session: Session, actor: Actor, challenge: Challenge, claim: Claim, outcome: ClaimOutcome) -> None:
    """Record how a claim ended. One that succeeded keeps blocking until the award is reconsidered."""
    hold(session, challenge)
    session.refresh(claim)
    if claim.closed_at is not None:
        raise NotNow("This claim is closed already.")
    claim.closed_at, claim.outcome = clock.now(), outcome
    _note(session, actor, challenge, "claim_closed", ("claim", claim.id), outcome=outcome.value)


def _note(
    session: Session, actor: Actor, challenge: Challenge, what: str, subject: tuple[str, int], **data: Any
) -> None:
    journal.record(session, actor, f"award.{what}", subject, challenge_id=challenge.id, **data)

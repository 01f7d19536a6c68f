"""Reading what is known of an award: its number, summaries, award notice, standstill and claims."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.assessment.models import Outcome
from portal.challenges.models import Challenge
from portal.challenges.queries import visible_inside
from portal.law import releases
from portal.law.calendar import Standstill, london_date, standstill
from portal.law.notices import NoticeKind
from portal.law.planning import Planned
from portal.law.releases import ReleaseKind
from portal.law.thresholds import Standing
from portal.notices.models import Claim, ClaimOutcome, Moment, Notice, Reconsideration, Summary, SummaryDispatch
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember
from portal.web.filters import long_datetime


def award_number(session: Session, challenge: Challenge) -> int:
    """Which award this is: 1, or more where it was reconsidered."""
    last = select(func.max(Reconsideration.number)).where(Reconsideration.challenge_id == challenge.id)
    return session.scalar(last) or 1


def reconsiderations(session: Session, challenge: Challenge) -> Sequence[Reconsideration]:
    """Each time the award was begun anew, with its reason."""
    return session.scalars(
        select(Reconsideration)
        .where(Reconsideration.challenge_id == challenge.id)
        .order_by(Reconsideration.number)
        .limit(100)
    ).all()


def fallen_out(session: Session, challenge: Challenge) -> dict[datetime, str]:
    """The firm that fell out of an award, by the moment at which the next one was begun."""
    rows = session.execute(
        select(Outcome.fell_out_at, Organisation.name)
        .join(Response, Response.id == Outcome.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .where(Outcome.challenge_id == challenge.id, Outcome.fell_out_at.is_not(None))
        .order_by(Outcome.fell_out_at)
        .limit(100)
    )
    return {moment: firm for moment, firm in rows if moment is not None}


def dispatch_of(session: Session, challenge: Challenge, number: int) -> SummaryDispatch | None:
    """When the summaries of this award were sent, and by whom; None where they were not."""
    return session.scalars(
        select(SummaryDispatch).where(SummaryDispatch.challenge_id == challenge.id, SummaryDispatch.number == number)
    ).first()


def dispatches(session: Session, challenge: Challenge) -> Sequence[SummaryDispatch]:
    """Every sending of summaries, the first award's first."""
    return session.scalars(
        select(SummaryDispatch)
        .where(SummaryDispatch.challenge_id == challenge.id)
        .order_by(SummaryDispatch.number)
        .limit(100)
    ).all()


def published(session: Session, challenge: Challenge, kind: NoticeKind, number: int) -> Notice | None:
    """A notice of this award that is published."""
    return session.scalars(
        select(Notice).where(
            Notice.challenge_id == challenge.id,
            Notice.moment == Moment.ACTIVATION,
            Notice.kind == kind,
            Notice.number == number,
            Notice.state == "published",
        )
    ).first()


def planned_notice(session: Session, challenge: Challenge) -> Planned | None:
    """When the planned procurement notice of a challenge was published, and the first tender notice after it."""
    days = dict(
        session.execute(
            select(Notice.kind, func.min(Notice.published_at))
            .where(
                Notice.challenge_id == challenge.id,
                Notice.moment.in_((Moment.PLANNING, Moment.TENDER)),
                Notice.kind.in_((NoticeKind.UK3, NoticeKind.UK4)),
                Notice.state == "published",
            )
            .group_by(Notice.kind)
        ).all()
    )
    planned, tender = days.get(NoticeKind.UK3), days.get(NoticeKind.UK4)
    return Planned(london_date(planned), london_date(tender) if tender else None) if planned else None


def standstill_of(session: Session, challenge: Challenge, number: int) -> Standstill | None:
    """The standstill that began with this award's notice; None until that is published."""
    award_notice = published(session, challenge, NoticeKind.UK6, number)
    if award_notice is None or award_notice.published_at is None:
        return None
    return standstill(london_date(award_notice.published_at))


def claims(session: Session, challenge: Challenge) -> Sequence[Claim]:
    """Every claim, the latest first."""
    return session.scalars(
        select(Claim)
        .where(Claim.challenge_id == challenge.id)
        .order_by(Claim.received_at.desc(), Claim.id.desc())
        .limit(200)
    ).all()


def blocking_claims(session: Session, challenge: Challenge, number: int) -> Sequence[Claim]:
    """Claims that stand in the way of signing: those still open, and those that succeeded against this award."""
    succeeded = (Claim.outcome == ClaimOutcome.SUCCEEDED) & (Claim.award_number == number)
    return session.scalars(
        select(Claim)
        .where(Claim.challenge_id == challenge.id, or_(Claim.closed_at.is_(None), succeeded))
        .order_by(Claim.received_at, Claim.id)
        .limit(200)
    ).all()


def out_of_order(session: Session, challenge: Challenge, kind: NoticeKind, standing: Standing, moment: datetime) -> str:
    """Why a notice of the present award cannot have been published at this moment, or nothing.

    Summaries come before the award notice (Procurement Act 2023 s.50(3)), and for a direct award so does the
    transparency notice (s.44).
    """
    if kind is not NoticeKind.UK6 or challenge.release_kind is None:
        return ""
    number = award_number(session, challenge)
    if releases.summaries_are_due(challenge.release_kind, standing):
        sent = dispatch_of(session, challenge, number)
        if sent is None:
            return "The assessment summaries must reach every firm before the award notice. Send them first."
        if moment < sent.sent_at:
            return f"The award notice must come after the assessment summaries, sent {long_datetime(sent.sent_at)}."
    if challenge.release_kind is ReleaseKind.PROTOTYPE:
        earlier = published(session, challenge, NoticeKind.UK5, number)
        if earlier is None:
            return "The transparency notice must be published before the award notice. Record that first."
        if earlier.published_at and moment < earlier.published_at:
            return f"The award notice must come after the transparency notice of {long_datetime(earlier.published_at)}."
    return ""


def summary_visible(session: Session, actor: Actor, reference: str) -> Summary | None:
    """The latest summary about a response: for the firms behind it, and for the people inside the challenge."""
    firms = actor.ids(Permission.RESPONSE_WRITE)
    own = (
        select(ResponseMember.id)
        .where(
            ResponseMember.response_id == Response.id,
            ResponseMember.organisation_id.in_(firms),
            ResponseMember.accepted_at.is_not(None),
        )
        .exists()
    )
    return session.scalars(
        select(Summary)
        .join(Summary.response)
        .join(Summary.dispatch)
        .join(Challenge, Challenge.id == Response.challenge_id)
        .where(Response.reference == reference, or_(own, visible_inside(actor)))
        .options(
            joinedload(Summary.response).joinedload(Response.challenge).joinedload(Challenge.lead),
            joinedload(Summary.response).joinedload(Response.organisation),
        )
        .order_by(SummaryDispatch.number.desc())
        .limit(1)
    ).first()


def reference_taken(session: Session, challenge: Challenge, reference: str) -> bool:
    """Whether another notice of this challenge is recorded under this number."""
    found = select(Notice.id).where(Notice.challenge_id == challenge.id, Notice.reference == reference)
    return session.scalars(found.limit(1)).first() is not None

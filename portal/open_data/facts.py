"""Everything about one challenge from which its public statement is made, read in one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, selectinload

from portal.challenges.models import (
    BriefVersion,
    Challenge,
    ChallengeParty,
    DeadlineChange,
    Deal,
    OfficialNotice,
    Part,
    Round,
    RoundKind,
)
from portal.challenges.queries import official_notices
from portal.law.releases import ReleaseKind
from portal.notices.duties import Footing, footing_of, notices_of
from portal.notices.models import Notice, Reconsideration, SummaryDispatch
from portal.notices.queries import dispatches, reconsiderations
from portal.organisations.models import Organisation, SupplierKind
from portal.partnerships.models import ContractChange, Invoice, Partnership, SeenBenefit
from portal.partnerships.queries import (
    NOT_YET,
    changes_noticed,
    chosen,
    contracts_of,
    deciding_round,
    outcomes_seen,
    payments_made,
)
from portal.responses.models import Response

MOST_STAFF_OF_AN_SME = 250
"""A firm with fewer is small or medium-sized, as far as its staff goes (Procurement Act 2023 s.123(1))."""

SOCIAL = frozenset({SupplierKind.SOCIAL_ENTERPRISE, SupplierKind.CHARITY, SupplierKind.CO_OPERATIVE})
"""Kinds of supplier that count as a voluntary, community or social enterprise."""


@dataclass(frozen=True, slots=True)
class BidCounts:
    """How many responses were opened in the round that led to the award, and by whom they were sent."""

    all: int
    small: int
    social: int


@dataclass(frozen=True, slots=True)
class Facts:
    """One released challenge as the law and the portal see it now; what of it is public, the sections decide."""

    challenge: Challenge
    lead: Organisation
    joint: Sequence[Organisation]
    call: Round | None
    tender: Round | None
    deal: Deal | None
    versions: Sequence[BriefVersion]
    deadline_changes: Sequence[DeadlineChange]
    footing: Footing | None
    notices: Sequence[Notice]
    dispatches: Sequence[SummaryDispatch]
    reconsiderations: Sequence[Reconsideration]
    chosen: Sequence[Response]
    contracts: Sequence[Partnership]
    official: Sequence[OfficialNotice]
    payments: Sequence[Invoice]
    changes: Sequence[ContractChange]
    benefits: Sequence[SeenBenefit]
    bids: BidCounts

    @property
    def current(self) -> Round | None:
        """The round the tender section is about: the tender's own where there is one, the challenge's otherwise."""
        return self.tender or self.call

    @property
    def is_engagement(self) -> bool:
        """Whether nothing was competed yet: the release was market engagement and no tender has opened."""
        return self.challenge.release_kind is ReleaseKind.ENGAGEMENT and self.tender is None

    @property
    def award_number(self) -> int:
        """Which award this is; more than 1 where it was reconsidered."""
        return max((each.number for each in self.reconsiderations), default=1)

    def published(self) -> list[Notice]:
        """The notices that stand on the official platform."""
        return [each for each in self.notices if each.state == "published"]


def gather(session: Session, challenge: Challenge) -> Facts:
    """Read what a challenge's statement is made of: a fixed number of statements, whatever the number of rows.

    The seal stays on: of responses only those that two people have opened are found.
    """
    rounds = {each.kind: each for each in _rounds(session, challenge)}
    tender = rounds.get(RoundKind.TENDER)
    contracts = [each for each in contracts_of(session, challenge) if each.state not in NOT_YET]
    return Facts(
        challenge=challenge,
        lead=session.get_one(Organisation, challenge.lead_id),
        joint=_joint(session, challenge),
        call=rounds.get(RoundKind.CHALLENGE),
        tender=tender if tender is not None and tender.opens_at is not None else None,
        deal=session.scalars(select(Deal).where(Deal.challenge_id == challenge.id)).first(),
        versions=_versions(session, challenge),
        deadline_changes=_deadline_changes(session, [each.id for each in rounds.values()]),
        footing=footing_of(session, challenge),
        notices=notices_of(session, challenge),
        dispatches=dispatches(session, challenge),
        reconsiderations=reconsiderations(session, challenge),
        chosen=chosen(session, challenge),
        contracts=contracts,
        official=official_notices(session, challenge),
        payments=payments_made(session, challenge),
        changes=[each for each in changes_noticed(session, challenge) if each.state == "in_force"],
        benefits=outcomes_seen(session, challenge),
        bids=_bids(session, challenge),
    )


def _rounds(session: Session, challenge: Challenge) -> Sequence[Round]:
    return session.scalars(
        select(Round).where(Round.challenge_id == challenge.id).options(selectinload(Round.criteria)).order_by(Round.id)
    ).all()


def _joint(session: Session, challenge: Challenge) -> Sequence[Organisation]:
    return session.scalars(
        select(Organisation)
        .join(ChallengeParty, ChallengeParty.organisation_id == Organisation.id)
        .where(ChallengeParty.challenge_id == challenge.id, ChallengeParty.part == Part.JOINT)
        .order_by(Organisation.id)
        .limit(50)
    ).all()


def _versions(session: Session, challenge: Challenge) -> Sequence[BriefVersion]:
    return session.scalars(
        select(BriefVersion).where(BriefVersion.challenge_id == challenge.id).order_by(BriefVersion.number).limit(200)
    ).all()


def _deadline_changes(session: Session, rounds: list[int]) -> Sequence[DeadlineChange]:
    return session.scalars(
        select(DeadlineChange).where(DeadlineChange.round_id.in_(rounds)).order_by(DeadlineChange.id).limit(200)
    ).all()


def _bids(session: Session, challenge: Challenge) -> BidCounts:
    """Counted among opened responses only, of the round that leads to the contract."""
    small = func.count(case((Organisation.headcount < MOST_STAFF_OF_AN_SME, 1)))
    social = func.count(case((Organisation.supplier_kind.in_(SOCIAL), 1)))
    row = session.execute(
        select(func.count(Response.id), small, social)
        .select_from(Response)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .join(Round, Round.id == Response.round_id)
        .where(
            Response.challenge_id == challenge.id,
            Response.opened_at.is_not(None),
            Round.kind == deciding_round(challenge),
        )
    ).one()
    return BidCounts(*row)

"""Which machine runs which table."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.assessment.models import Assignment
from portal.assessment.pathway import ASSIGNMENT
from portal.business_cases.machine import CASE
from portal.business_cases.models import BusinessCase
from portal.challenges.models import Challenge, Question, Round, RoundKind
from portal.challenges.pathway import QUESTION, Pathway
from portal.challenges.pathway import ChallengeState as At
from portal.debriefs.models import Debrief
from portal.debriefs.pathway import DEBRIEF
from portal.exclusions.models import SupplierCheck
from portal.exclusions.pathway import CHECK
from portal.network.joint.models import JointProposal
from portal.network.joint.pathway import PROPOSAL
from portal.notices.models import Notice
from portal.notices.pathway import NOTICE
from portal.partnerships.models import ContractChange, Invoice, Partnership, PartnershipEvent, Phase, SeenBenefit
from portal.partnerships.pathway import BENEFIT, CHANGE, HAPPENING, INVOICE, PARTNERSHIP, PHASE
from portal.partnerships.queries import unheard_in_time
from portal.pathways.direct import DIRECT
from portal.pathways.showcase import SHOWCASE
from portal.responses.models import Clarification, Response
from portal.responses.pathway import CLARIFICATION, RESPONSE
from portal.showcases.models import ShowcaseEvent
from portal.showcases.pathway import EVENT
from portal.support.models import SupportPlan
from portal.support.pathway import PLAN
from portal.workflow import register

PATHWAYS = {Pathway.SHOWCASE: SHOWCASE, Pathway.DIRECT: DIRECT}


def register_all() -> None:
    """Give every table with a life its machine."""
    register(Challenge, lambda challenge: PATHWAYS[challenge.pathway], due=past_their_deadline)
    register(Question, QUESTION)
    register(Response, RESPONSE)
    register(Clarification, CLARIFICATION, due=unanswered_in_time)
    register(Assignment, ASSIGNMENT)
    register(Debrief, DEBRIEF)
    register(SupportPlan, PLAN)
    register(ShowcaseEvent, EVENT)
    register(BusinessCase, CASE)
    register(SupplierCheck, CHECK)
    register(Notice, NOTICE)
    register(JointProposal, PROPOSAL)
    register(Partnership, PARTNERSHIP)
    register(Phase, PHASE)
    register(Invoice, INVOICE)
    register(SeenBenefit, BENEFIT)
    register(ContractChange, CHANGE)
    register(PartnershipEvent, HAPPENING, due=unheard_in_time)


def past_their_deadline(session: Session, now: datetime) -> Iterator[Challenge]:
    """Challenges whose deadline has passed while nobody looked; the worker closes them."""
    call = and_(Challenge.state == At.OPEN, Round.kind == RoundKind.CHALLENGE)
    tender = and_(Challenge.state == At.TENDER, Round.kind == RoundKind.TENDER)
    yield from session.scalars(
        select(Challenge)
        .join(Round, Round.challenge_id == Challenge.id)
        .where(or_(call, tender), Round.deadline <= now)
        .order_by(Challenge.id)
        .limit(100)
    )


def unanswered_in_time(session: Session, now: datetime) -> Iterator[Clarification]:
    """Clarifications whose time is over while nobody looked; the worker notes it."""
    response = joinedload(Clarification.response)
    yield from session.scalars(
        select(Clarification)
        .where(Clarification.state == "asked", Clarification.due_at <= now)
        .options(response.joinedload(Response.challenge), response.selectinload(Response.members))
        .order_by(Clarification.id)
        .limit(100)
    )

"""Finding joint proposals: for the body that leads one, and for those it asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.network.joint.models import JointBody, JointProposal
from portal.network.needs.models import PlannedNeed
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import Actor, Scope


@dataclass(frozen=True)
class Seen:
    """A proposal as one body sees it; rights over the page are that body's own people's."""

    proposal: JointProposal
    body: Organisation

    @property
    def id(self) -> int:
        """The body that looks, whose option has to be on."""
        return self.body.id

    @property
    def leads(self) -> bool:
        """Whether it is this body's own proposal."""
        return self.proposal.lead_id == self.body.id

    @property
    def asked(self) -> JointBody | None:
        """What this body was asked and answered; None for the lead."""
        return next((each for each in self.proposal.bodies if each.organisation_id == self.body.id), None)

    @property
    def needs(self) -> list[PlannedNeed]:
        """The needs it would meet, without those that another body shares no longer."""
        return [each for each in self.proposal.needs if each.shared_at or each.organisation_id == self.body.id]

    def scopes(self) -> frozenset[Scope]:
        """The body's."""
        return self.body.scopes()


def proposals_of(session: Session, organisation: Organisation) -> Sequence[JointProposal]:
    """What a body leads or was asked to join, the latest first."""
    latest_first = (JointProposal.proposed_at.desc(), JointProposal.id.desc())
    return session.scalars(_whole().where(_concerns(organisation.id)).order_by(*latest_first).limit(200)).all()


def proposal_seen(session: Session, actor: Actor, reference: str, proposal: str) -> Seen | None:
    """A proposal for the people of a body that leads it or was asked."""
    body = authority_seen(session, actor, reference)
    if body is None:
        return None
    rows = _whole().where(JointProposal.reference == proposal, _concerns(body.id))
    found = session.scalars(rows.options(joinedload(JointProposal.challenge))).first()
    return Seen(found, body) if found else None


def _concerns(organisation_id: int) -> ColumnElement[bool]:
    asked = select(JointBody.proposal_id).where(JointBody.organisation_id == organisation_id)
    return or_(JointProposal.lead_id == organisation_id, JointProposal.id.in_(asked))


def _whole() -> Select[Any]:
    return select(JointProposal).options(
        joinedload(JointProposal.lead, innerjoin=True),
        selectinload(JointProposal.lots),
        selectinload(JointProposal.bodies).joinedload(JointBody.organisation, innerjoin=True),
        selectinload(JointProposal.needs).joinedload(PlannedNeed.organisation, innerjoin=True),
    )

"""The round whose responses are judged, for the people inside its challenge."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload

from portal.assessment.models import ELIGIBLE
from portal.assessment.pathway import ASSESSED_IN
from portal.challenges.models import Challenge, Lot, Round, RoundKind
from portal.challenges.queries import inside, round_of
from portal.organisations.models import Organisation
from portal.policy import Actor, Scope
from portal.responses.models import Eligibility, Response


@dataclass(frozen=True, slots=True)
class Inside:
    """A challenge and one of its rounds."""

    challenge: Challenge
    round: Round

    @property
    def kind(self) -> RoundKind:
        """Which of the two rounds it is."""
        return self.round.kind

    @property
    def being_assessed(self) -> bool:
        """Whether the challenge stands where this round's responses are judged."""
        return self.challenge.state == ASSESSED_IN[self.kind.value]

    def scopes(self) -> frozenset[Scope]:
        """The challenge's."""
        return self.challenge.scopes()


def inside_round(session: Session, actor: Actor, reference: str, kind: RoundKind) -> Inside | None:
    """One of a challenge's rounds, for the people inside it."""
    challenge = inside(session, actor, reference)
    asked = round_of(session, challenge, kind) if challenge else None
    return Inside(challenge, asked) if challenge and asked else None


def has_tender_round(session: Session, challenge: Challenge) -> bool:
    """Whether the challenge has come to a tender of its own."""
    asked = exists().where(Round.challenge_id == challenge.id, Round.kind == RoundKind.TENDER)
    return bool(session.scalar(select(asked)))


def to_be_scored(asked: Round) -> Select[Any]:
    """The round's opened and eligible responses, by lot and firm; what is sealed is not among them."""
    return (
        select(Response)
        .join(Response.organisation)
        .join(Response.lot)
        .where(Response.round_id == asked.id, Response.state.in_(ELIGIBLE))
        .options(joinedload(Response.organisation), joinedload(Response.lot))
        .order_by(Lot.number, Organisation.name, Response.id)
    )


def opened_response(session: Session, asked: Round, reference: str) -> Response | None:
    """One opened and eligible response of the round."""
    found = to_be_scored(asked).where(Response.reference == reference)
    return session.scalars(found).first()


def found_eligible(session: Session, asked: Round) -> list[Response]:
    """The responses that may be given to assessors: eligible by an officer's decision, not merely undecided."""
    decided = to_be_scored(asked).join(Eligibility, Eligibility.response_id == Response.id).where(Eligibility.eligible)
    return list(session.scalars(decided))

"""Finding partnerships: the authority's people see all of a challenge's, a firm sees its own and no other."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person, RoleGrant
from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import visible_inside
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.releases import needs_tender_round
from portal.partnerships.models import Partnership, Phase
from portal.policy import Actor, Permission, Role, ScopeKind
from portal.responses.models import Response, ResponseMember

NOT_YET = ("prepared", "set_aside")
"""States in which a contract is the authority's own draft, which its firm does not see."""


def deciding_round(challenge: Challenge) -> RoundKind:
    """The round whose choice leads to the contract: the tender's where one must follow, else the challenge's own."""
    needs = challenge.release_kind is not None and needs_tender_round(challenge.release_kind)
    return RoundKind.TENDER if needs else RoundKind.CHALLENGE


def chosen(session: Session, challenge: Challenge) -> Sequence[Response]:
    """The opened responses that are chosen, or already partners, in the order in which they were submitted."""
    return session.scalars(
        select(Response)
        .join(Round, Round.id == Response.round_id)
        .where(
            Response.challenge_id == challenge.id,
            Round.kind == deciding_round(challenge),
            Response.state.in_(("chosen", "partner")),
            Response.opened_at.is_not(None),
        )
        .options(joinedload(Response.organisation))
        .order_by(Response.submitted_at, Response.id)
        .limit(200)
    ).all()


def chosen_one(session: Session, challenge: Challenge, reference: str) -> Response | None:
    """One of the chosen responses, by its reference."""
    return next((each for each in chosen(session, challenge) if each.reference == reference), None)


def contracts_of(session: Session, challenge: Challenge) -> Sequence[Partnership]:
    """Every contract of a challenge with its firm, phases and targets, set aside or not, by number."""
    return session.scalars(
        select(Partnership)
        .where(Partnership.challenge_id == challenge.id)
        .options(joinedload(Partnership.organisation))
        .order_by(Partnership.number)
        .limit(200)
    ).all()


def contract_for(session: Session, response: Response) -> Partnership | None:
    """The contract with the firm of this response."""
    return session.scalars(
        select(Partnership).where(Partnership.response_id == response.id).options(joinedload(Partnership.organisation))
    ).first()


def own_contract(actor: Actor) -> ColumnElement[bool]:
    """True of the contracts of this person's firms, once they are more than the authority's draft."""
    firms = actor.ids(Permission.RESPONSE_WRITE)
    return and_(
        Partnership.state.not_in(NOT_YET),
        exists().where(
            ResponseMember.response_id == Partnership.response_id,
            ResponseMember.organisation_id.in_(firms),
            ResponseMember.accepted_at.is_not(None),
        ),
    )


def visible(session: Session, actor: Actor, reference: str) -> Partnership | None:
    """A partnership for the people of its authorities, or for its own firm's once it is more than a draft."""
    return session.scalars(
        select(Partnership)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(Partnership.reference == reference, or_(visible_inside(actor), own_contract(actor)))
        .options(joinedload(Partnership.organisation), joinedload(Partnership.challenge).joinedload(Challenge.lead))
    ).first()


def of_authority(session: Session, actor: Actor, reference: str) -> Partnership | None:
    """A partnership for the people of its authorities only."""
    return session.scalars(
        select(Partnership)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(Partnership.reference == reference, visible_inside(actor))
        .options(joinedload(Partnership.organisation), joinedload(Partnership.challenge).joinedload(Challenge.lead))
    ).first()


def phase_of(session: Session, actor: Actor, reference: str, number: int) -> Phase | None:
    """One phase of a partnership, for the people of its authorities only."""
    whole = joinedload(Phase.partnership)
    return session.scalars(
        select(Phase)
        .join(Phase.partnership)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(Partnership.reference == reference, Phase.number == number, visible_inside(actor))
        .options(whole.joinedload(Partnership.organisation))
        .options(whole.joinedload(Partnership.challenge).joinedload(Challenge.lead))
    ).first()


def people_of(session: Session, organisations: Iterable[int]) -> Sequence[int]:
    """The people who answer for these firms today, by id: whom a message to the firm goes to."""
    today = london_date(clock.now())
    return session.scalars(
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.scope_kind == ScopeKind.SUPPLIER,
            RoleGrant.organisation_id.in_(sorted(set(organisations))),
            RoleGrant.role.in_((Role.SUPPLIER_ADMINISTRATOR, Role.SUPPLIER_MEMBER)),
            RoleGrant.ended_at.is_(None),
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= today),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
            Person.removed_at.is_(None),
        )
        .distinct()
        .order_by(RoleGrant.person_id)
    ).all()


def firms_behind(response: Response | Partnership) -> list[int]:
    """The organisations that stand behind a response: its lead and the partners that accepted."""
    return [each.organisation_id for each in response.members if each.accepted_at]

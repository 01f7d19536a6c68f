"""What is decided, what the ranking would decide, and what a firm may read of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.assessment import ranking
from portal.assessment.models import Decision, Outcome
from portal.assessment.queries.standing import Standing
from portal.challenges.models import Challenge, Deal, Round, RoundKind
from portal.law.releases import ranking_decides
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember


def ranking_binds(challenge: Challenge, kind: RoundKind) -> bool:
    """Whether the published ranking decides and its order may not be broken (Procurement Act 2023 s.19(2))."""
    if kind is RoundKind.TENDER:
        return True
    return challenge.release_kind is not None and ranking_decides(challenge.release_kind)


def places_open(session: Session, challenge: Challenge, kind: RoundKind) -> int | None:
    """How many of each lot go on: one from a tender, as many as the deal says from the challenge's own round."""
    if kind is RoundKind.TENDER:
        return 1
    return session.scalar(select(Deal.go_on_count).where(Deal.challenge_id == challenge.id))


def proposal(session: Session, challenge: Challenge, asked: Round, stands: Standing) -> dict[int, Decision]:
    """What the ranking alone would decide for each completely judged response."""
    most = places_open(session, challenge, asked.kind)
    proposed: dict[int, Decision] = {}
    for places in stands.lots.values():
        on = ranking.goes_on(places, most)
        proposed |= {place.key: Decision.CHOSEN if place.key in on else Decision.NOT_CHOSEN for place in places}
    return proposed


def outcomes_of(session: Session, asked: Round) -> dict[int, Outcome]:
    """The outcomes of a round, by response."""
    rows = session.scalars(
        select(Outcome)
        .join(Outcome.response)
        .where(Outcome.round_id == asked.id)
        .options(joinedload(Outcome.response).joinedload(Response.organisation))
    )
    return {each.response_id: each for each in rows.unique()}


def next_in_rank_of(session: Session, fallen: Outcome) -> Outcome | None:
    """The best ranked response of the same lot that may still be chosen, or None."""
    lot = select(Response.lot_id).where(Response.id == fallen.response_id).scalar_subquery()
    return session.scalars(
        select(Outcome)
        .join(Outcome.response)
        .where(
            Outcome.round_id == fallen.round_id,
            Response.lot_id == lot,
            Response.state == "not_chosen",
            Outcome.decision == Decision.NOT_CHOSEN,
            Outcome.fell_out_at.is_(None),
            Outcome.rank.is_not(None),
            Outcome.meets_minimum,
        )
        .options(joinedload(Outcome.response).joinedload(Response.organisation))
        .order_by(Outcome.rank, Outcome.id)
        .limit(1)
    ).first()


def chosen_with_next(session: Session, asked: Round) -> list[tuple[Outcome, Outcome | None]]:
    """Each firm that is chosen, best first, and who would be chosen in its place: one who met the minimum, or None."""
    chosen = [each for each in outcomes_of(session, asked).values() if each.decision is Decision.CHOSEN]
    chosen.sort(key=lambda each: (each.rank or 0, each.id))
    return [(each, next_in_rank_of(session, each)) for each in chosen]


def outcome_for_firm(session: Session, actor: Actor, reference: str) -> Outcome | None:
    """What this person's own firm was told; nothing until it was sent to everybody together."""
    firms = actor.ids(Permission.RESPONSE_WRITE)
    return session.scalars(
        select(Outcome)
        .join(Outcome.response)
        .join(ResponseMember, ResponseMember.response_id == Response.id)
        .where(
            Response.reference == reference,
            ResponseMember.organisation_id.in_(firms),
            ResponseMember.accepted_at.is_not(None),
            Outcome.sent_at.is_not(None),
        )
        .options(
            joinedload(Outcome.response).joinedload(Response.challenge).joinedload(Challenge.lead),
            joinedload(Outcome.response).joinedload(Response.round),
            joinedload(Outcome.response).joinedload(Response.organisation),
        )
    ).first()

"""What a challenge's moves set in motion here: everybody is told, together, in the transaction that decides."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal import outbox
from portal.assessment.models import Decision, Outcome
from portal.assessment.queries import Inside, next_in_rank_of, outcomes_of
from portal.assessment.requirements import falling_out
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.queries import round_of
from portal.machine import NotNow, Situation
from portal.policy import Actor
from portal.responses.models import Response
from portal.responses.queries import eligibility_of, people_of
from portal.workflow import fire

Effect = Callable[[Situation[Challenge]], None]


def send_outcomes(kind: RoundKind) -> Effect:
    """The effect of selecting: each response becomes chosen or not chosen, and every firm is told at once."""

    def send(at: Situation[Challenge]) -> None:
        inside = _inside(at, kind)
        for outcome in sorted(outcomes_of(at.session, inside.round).values(), key=lambda each: each.response_id):
            move = "choose" if outcome.decision is Decision.CHOSEN else "not_choose"
            fire(at.session, _person(at), outcome.response, move)
            _tell(at, outcome.response, outcome)
        left_out = _ineligible(at.session, inside)
        reasons = eligibility_of(at.session, left_out)
        for response in left_out:
            _tell(at, response, _without_scores(at, response, Decision.INELIGIBLE, reasons[response.id].reason))

    return send


def next_in_rank(kind: RoundKind) -> Effect:
    """The effect of reconsidering an award: a chosen firm falls out, the next in rank is chosen, both are told.

    Which one falls out is `given["response_id"]`. The requirement `somebody_falls_out` says beforehand what is missing.
    """

    def reconsider(at: Situation[Challenge]) -> None:
        fallen = falling_out(at, _inside(at, kind))
        following = next_in_rank_of(at.session, fallen) if fallen else None
        if fallen is None or following is None:
            raise NotNow("Nobody is next in the ranking.")
        fallen.decision, fallen.fell_out_at = Decision.NOT_CHOSEN, at.now
        fallen.message = str(at.given.get("reason") or fallen.message)
        following.decision = Decision.CHOSEN
        fire(at.session, _person(at), fallen.response, "not_choose")
        fire(at.session, _person(at), following.response, "choose_next")
        for outcome in (fallen, following):
            _tell(at, outcome.response, outcome)

    return reconsider


def feedback_to_all(at: Situation[Challenge]) -> None:
    """The effect of ending without a solution: every firm still in it is told so, with what was decided of it.

    The reason that came with the move is said to each of them.
    """
    reason = str(at.given.get("reason") or "")
    waiting = at.session.scalars(
        select(Response)
        .where(Response.challenge_id == at.subject.id, Response.state.in_(("opened", "chosen")))
        .options(joinedload(Response.challenge))
        .order_by(Response.id)
    ).all()
    known = {
        each.response_id: each
        for each in at.session.scalars(select(Outcome).where(Outcome.challenge_id == at.subject.id))
    }
    for response in waiting:
        outcome = known.get(response.id) or _without_scores(at, response, Decision.NOT_CHOSEN, reason)
        outcome.decision, outcome.message = Decision.NOT_CHOSEN, reason
        fire(at.session, _person(at), response, "end_with_challenge")
        _tell(at, response, outcome)


def _person(at: Situation[Challenge]) -> Actor:
    assert isinstance(at.actor, Actor)
    return at.actor


def _inside(at: Situation[Challenge], kind: RoundKind) -> Inside:
    asked = round_of(at.session, at.subject, kind)
    if asked is None:
        raise NotNow("This challenge has no such round.")
    return Inside(at.subject, asked)


def _ineligible(session: Session, inside: Inside) -> list[Response]:
    rows = select(Response).where(Response.round_id == inside.round.id, Response.state == "ineligible")
    return list(session.scalars(rows.order_by(Response.id)))


def _without_scores(at: Situation[Challenge], response: Response, decision: Decision, message: str) -> Outcome:
    outcome = Outcome(
        response_id=response.id,
        challenge_id=response.challenge_id,
        round_id=response.round_id,
        decision=decision,
        message=message,
        decided_at=at.now,
        decided_by_id=at.actor.person_id,
    )
    at.session.add(outcome)
    return outcome


def _tell(at: Situation[Challenge], response: Response, outcome: Outcome) -> None:
    """Show the outcome to the firm from now on, and write to everybody who answers for it."""
    outcome.sent_at = at.now
    for person_id in _people_behind(at.session, response):
        outbox.queue(
            at.session,
            "assessment.outcome",
            person_id,
            challenge=at.subject.reference,
            response=response.reference,
        )


def _people_behind(session: Session, response: Response) -> list[int]:
    firms = frozenset(member.organisation_id for member in response.members if member.accepted_at)
    return sorted(set(session.scalars(people_of(firms))))

"""What a showcase asks before it begins, and before a solution is chosen."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.queries import round_of
from portal.law.releases import ranking_decides
from portal.machine import Situation, requirement
from portal.organisations.models import Organisation
from portal.responses.models import Response
from portal.showcases import queries
from portal.showcases.models import Appearance, DeploymentCost, ShowcaseEvent
from portal.showcases.ranking import follows_ranking
from portal.support.models import SupportPlan

_WHERE = "showcases.event"


def _ready_firms(session: Session, challenge: Challenge) -> list[tuple[int, str]]:
    rows = session.execute(
        select(SupportPlan.response_id, Organisation.name)
        .join(Response, Response.id == SupportPlan.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .where(SupportPlan.challenge_id == challenge.id, SupportPlan.state == "ready")
        .order_by(Organisation.name)
    )
    return [(response_id, name) for response_id, name in rows]


@requirement("What deploying each prototype would cost is known.", link=f"{_WHERE}#order")
def costs_known(at: Situation[Challenge]) -> bool | list[str]:
    """Names the ready firms of which no cost is recorded (Figure 1: prototypes are shown with deployment cost)."""
    costed = set(
        at.session.scalars(
            select(Appearance.response_id)
            .join(DeploymentCost, DeploymentCost.appearance_id == Appearance.id)
            .join(ShowcaseEvent, ShowcaseEvent.id == Appearance.event_id)
            .where(ShowcaseEvent.challenge_id == at.subject.id)
        )
    )
    return [f"{name} gave no cost yet." for key, name in _ready_firms(at.session, at.subject) if key not in costed]


@requirement("The event is planned, and what each ready firm will show is known.", link=_WHERE)
def event_planned(at: Situation[Challenge]) -> bool | list[str]:
    """Names the ready firms that have no place in the running order or say not what they show."""
    event = queries.event_of(at.session, at.subject)
    if event is None or event.state == "cancelled":
        return False
    shows = {each.response_id: each.shows for each in queries.appearances_of(at.session, event)}
    return [
        f"{name} has not said what it will show."
        for key, name in _ready_firms(at.session, at.subject)
        if not shows.get(key)
    ]


@requirement("A panel is named, large enough to judge.", link=f"{_WHERE}#panel")
def panel_named(at: Situation[Challenge]) -> bool | list[str]:
    """As many people without a declared conflict as the challenge's quorum asks."""
    event = queries.event_of(at.session, at.subject)
    judging = [seat for seat in queries.seats_of(at.session, event) if seat.judges] if event else []
    quorum = queries.quorum_of(at.session, at.subject)
    return len(judging) >= quorum or [f"{len(judging)} of {quorum} people without a conflict are named."]


@requirement("Guests are invited, or it is said why none are.", link=f"{_WHERE}#guests")
def guests_invited(at: Situation[Challenge]) -> bool:
    """Prototypes are shown to wider stakeholders; where they are not, somebody thought about it."""
    event = queries.event_of(at.session, at.subject)
    return event is not None and bool(event.guests_note or queries.guests_of(at.session, event))


@requirement("The showcase was held.", link=_WHERE)
def event_held(at: Situation[Challenge]) -> bool:
    """Nothing is chosen from what nobody saw."""
    event = queries.event_of(at.session, at.subject)
    return event is not None and event.state == "held"


@requirement("Everybody on the panel has locked their scores.", link=f"{_WHERE}#panel")
def panel_locked(at: Situation[Challenge]) -> bool | list[str]:
    """Names nobody's scores, only who is waited for."""
    event = queries.event_of(at.session, at.subject)
    if event is None or queries.panel_is_locked(at.session, event):
        return event is not None
    waiting = [s.person.name for s in queries.seats_of(at.session, event) if s.judges and s.locked_at is None]
    return [f"{name} has not locked yet." for name in waiting] or False


@requirement("A solution is chosen: by the ranking in a competition, otherwise with a reason.", link=f"{_WHERE}#choice")
def solution_chosen(at: Situation[Challenge]) -> bool | list[str]:
    """One or several; in a competition nobody who scored less than one left out, or less than the minimum.

    Procurement Act 2023 s.19(2): the contract goes to the tender that best satisfies the published criteria.
    """
    choices = queries.choices_of(at.session, at.subject)
    if not choices:
        return False
    if at.subject.release_kind is None or not ranking_decides(at.subject.release_kind):
        return all(choice.reason.strip() for choice in choices)
    return against_ranking(at.session, at.subject, [choice.response_id for choice in choices])


def against_ranking(session: Session, challenge: Challenge, response_ids: list[int]) -> list[str]:
    """What is wrong with choosing these where the ranking decides; nothing where it is as the panel ranked."""
    event = queries.event_of(session, challenge)
    results = queries.results_of(session, event) if event is not None else None
    if results is None:
        return ["The panel has not locked its scores yet."]
    responses = {result.appearance.response_id: result.total for result in results}
    keys = [responses[each].key for each in response_ids if each in responses]
    problems = []
    if len(keys) < len(response_ids):
        problems.append("A firm that was not shown cannot be chosen.")
    if not follows_ranking([result.total for result in results], keys):
        problems.append("In a competition a firm cannot be chosen over one that scored more.")
    asked = round_of(session, challenge)
    if asked is not None and any(
        responses[each].share * 100 < asked.minimum_percent for each in response_ids if each in responses
    ):
        problems.append(f"A firm below the published minimum of {asked.minimum_percent}% cannot be chosen.")
    return problems

"""Choosing the solutions that go on to the business case, and telling every firm."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.db import Conflict, clock, hold
from portal.law.releases import ranking_decides
from portal.machine import MoveRefused, NotNow, Refusal, Situation, Unmet
from portal.policy import Actor, Permission
from portal.showcases import queries
from portal.showcases.models import SolutionChoice
from portal.showcases.requirements import against_ranking
from portal.support.queries import chosen_responses, firm_people
from portal.workflow import Agreement, fire, machine_of


def choose(session: Session, actor: Actor, challenge: Challenge, seen: str, reasons: Mapping[int, str]) -> None:
    """Put down which responses go on and why (response → reason), in place of what was put down before.

    `seen` is the digest of the choice this person began from. In a competition the ranking decides and a reason
    may be left out. Raises `NotNow` outside the showcase, `Conflict` for a stale form, `MoveRefused` with what is
    wrong with the choice.
    """
    hold(session, challenge)
    if challenge.state != "showcase":
        raise NotNow("A solution is chosen at the showcase.")
    if seen != queries.choice_digest(session, challenge):
        raise Conflict("the choice was changed")
    if problems := wrong_with(session, challenge, reasons):
        raise MoveRefused(Refusal("choose", "Choose", tuple(Unmet("choice", each, "") for each in problems)))
    session.execute(delete(SolutionChoice).where(SolutionChoice.challenge_id == challenge.id))
    for response_id, reason in sorted(reasons.items()):
        session.add(
            SolutionChoice(
                challenge_id=challenge.id,
                response_id=response_id,
                reason=reason,
                chosen_by_id=actor.person_id,
                chosen_at=clock.now(),
            )
        )
    session.flush()
    journal.record(
        session,
        actor,
        "showcase.choice_written",
        ("challenge", challenge.id),
        challenge_id=challenge.id,
        choice=queries.choice_digest(session, challenge),
    )


def wrong_with(session: Session, challenge: Challenge, reasons: Mapping[int, str]) -> list[str]:
    """What is wrong with choosing these, in sentences; nothing where the choice may stand."""
    event = queries.event_of(session, challenge)
    if event is None or queries.results_of(session, event) is None:
        return ["The panel's results are not known yet."]
    if not reasons:
        return ["Choose at least one firm."]
    if challenge.release_kind is not None and ranking_decides(challenge.release_kind):
        return against_ranking(session, challenge, list(reasons))
    shown = {each.response_id for each in queries.appearances_of(session, event)}
    names = queries.firm_names(session, list(reasons))
    unexplained = [f"Say why {names[each]} is chosen." for each in reasons if each in names and not reasons[each]]
    return unexplained if reasons.keys() <= shown else ["A firm that was not shown cannot be chosen."]


def mark_chosen(at: Situation[Challenge]) -> None:
    """Keep the chosen responses chosen, end the others, and tell every firm; an effect of choosing a solution."""
    chosen = {each.response_id for each in queries.choices_of(at.session, at.subject)}
    officer = _officer(at)
    everybody = chosen_responses(at.session, at.subject)
    for response in everybody:
        if response.id not in chosen:
            fire(at.session, officer, response, "not_choose")
    for response_id, people in firm_people(at.session, [each.id for each in everybody]).items():
        kind = "showcases.chosen" if response_id in chosen else "showcases.not_chosen"
        for person_id in people:
            outbox.queue(at.session, kind, person_id, response_id=response_id)


def _officer(at: Situation[Challenge]) -> Actor:
    """The procurement officer of the two people who chose: whoever made the move, or who agreed to it before."""
    if at.actor.may(Permission.CHALLENGE_PROCURE, at.subject.scopes()):
        assert isinstance(at.actor, Actor)
        return at.actor
    agreed = at.session.scalars(
        select(Person)
        .join(Agreement, Agreement.person_id == Person.id)
        .where(
            Agreement.subject_kind == machine_of(at.subject).name,
            Agreement.subject_id == at.subject.id,
            Agreement.used_at == at.now,
        )
    ).one()
    return actor_of(at.session, agreed)

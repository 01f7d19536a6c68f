"""Choosing the solutions that go on to the business case."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge
from portal.db import Conflict, clock, hold
from portal.law.releases import ranking_decides
from portal.machine import MoveRefused, NotNow, Refusal, Unmet
from portal.policy import Actor
from portal.showcases import queries
from portal.showcases.models import SolutionChoice
from portal.showcases.requirements import against_ranking


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

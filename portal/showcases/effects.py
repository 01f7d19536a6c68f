"""What choosing a solution does: who is chosen stays chosen, the others end, every firm is told."""

from sqlalchemy import select

from portal import outbox
from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.machine import Situation
from portal.policy import Actor, Permission
from portal.showcases import queries
from portal.support.queries import chosen_responses, firm_people
from portal.workflow import Agreement, fire, machine_of


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

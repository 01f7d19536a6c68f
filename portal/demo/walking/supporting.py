"""Business support: what each chosen firm needs, the sessions it had, and whether it became ready."""

from portal.demo import shapes
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.support import queries
from portal.support import services as support
from portal.support.models import SupportPlan

MINUTES = 90
READY = "ready"


def support_firms(walk: Walk) -> Acts:
    """The adviser's work with every chosen firm."""
    text = walk.text
    days = [session.day for plan in text.support for session in plan.sessions]
    first, last = min(days, default=-1), max(days, default=-1)
    yield walk.at(first - 2, 10)
    for plan in text.support:
        with walk.acting(walk.world.adviser()) as act:
            _write_plan(walk, act, plan)
    sessions = [(session, plan) for plan in text.support for session in plan.sessions]
    for session, plan in sorted(sessions, key=lambda each: each[0].day):
        yield walk.at(session.day, 15)
        with walk.acting(walk.world.adviser()) as act:
            _record(walk, act, plan, session)
    if text.tender and text.support:
        yield walk.at(last, 17)
        with walk.as_owner() as act:
            _tell_all(walk, act, text.tender.pack)
    for plan in text.support:
        if plan.outcome == READY:
            yield walk.at(last + 2, 10)
            with walk.acting(walk.world.adviser()) as act:
                found = plan_of(walk, act, plan.firm)
                support.move_plan(act.session, act.actor, found, "make_ready")


def plan_of(walk: Walk, act: Act, firm: str) -> SupportPlan:
    """The plan of one of the firms of the texts."""
    wanted = walk.world.organisations[firm]
    plans = queries.plans_of(act.session, act.challenge)
    return there(next((plan for plan in plans if plan.response.organisation_id == wanted), None))


def _write_plan(walk: Walk, act: Act, said: shapes.SupportPlan) -> None:
    plan = plan_of(walk, act, said.firm)
    last = max((each.day for each in said.sessions), default=0)
    next_step, next_day = ("Practice panel", last + 3) if said.outcome == READY else ("Look at what was tried since", 7)
    words = support.PlanText(act.actor.person_id, said.goal, next_step, walk.world.day(next_day))
    support.write_plan(act.session, act.actor, plan, plan.version, words)


def _record(walk: Walk, act: Act, said: shapes.SupportPlan, held: shapes.SupportSession) -> None:
    support.record_session(
        act.session,
        act.actor,
        plan_of(walk, act, said.firm),
        held_on=walk.world.day(held.day),
        minutes=MINUTES,
        with_whom=held.topic,
        notes=held.note,
    )


def _tell_all(walk: Walk, act: Act, pack: str) -> None:
    """What one firm was told in support, all are told, and with the tender everybody."""
    first = walk.text.support[0]
    told_on = walk.world.day(first.sessions[0].day)
    support.note_told(act.session, act.actor, plan_of(walk, act, first.firm), told_on=told_on, text=pack)
    for fact in queries.facts_of(act.session, act.challenge):
        support.tell_all(act.session, act.actor, act.challenge, fact, fact.version, pack)

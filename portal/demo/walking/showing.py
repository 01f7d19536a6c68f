"""The showcase: the event with its running order, panel and guests, the scores, and what is chosen."""

from datetime import time, timedelta
from itertools import cycle
from uuid import NAMESPACE_URL, uuid5

from portal.challenges.models import RoundKind
from portal.demo import shapes
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.law.money import Vat
from portal.showcases import queries
from portal.showcases import services as showcases
from portal.showcases.given import Change, CostLine, EventPlan, Mark, Showing
from portal.showcases.models import Appearance, ShowcaseEvent
from portal.support.queries import chosen_responses
from portal.workflow import agree, fire

MINUTES_EACH = 20
MINUTES_INTO_THE_DAY = timedelta(minutes=25)
HALF_WAY = "It worked in front of us, with somebody who had never seen it."
YEARS = 2
"""For how many years the texts' yearly costs are counted."""
GUESTS_WORDS = (
    "Easy to follow, and it worked in front of us. I would like to see it used for a whole month.",
    "I can see who this would help. I could not see yet who would look after it in the second year.",
)
"""What guests say of the first prototype, of the second, and so on in turn."""
DAYS_PLANNED_BEFORE, DAYS_BEGUN_BEFORE = 25, 3


def prepare(walk: Walk) -> Acts:
    """While firms are supported: plan the event, what each shows, its cost, the panel and the guests; then begin."""
    said = there(walk.text.event)
    planned = min(said.day - DAYS_PLANNED_BEFORE, -DAYS_BEGUN_BEFORE - 6)
    yield from _set_up(walk, said, planned)
    yield walk.at(planned + 3, 10)
    with walk.as_owner() as act:
        _ask_people(walk, act, said)
    yield walk.at(min(said.day, 0) - DAYS_BEGUN_BEFORE, 10)
    with walk.as_owner() as act:
        fire(act.session, act.actor, act.challenge, "begin_showcase")


def plan_ahead(walk: Walk) -> Acts:
    """While firms are still supported: the day is planned, its order drawn, and one firm asks another for its turn."""
    said = there(walk.text.event)
    yield from _set_up(walk, said, min(said.day - DAYS_PLANNED_BEFORE, -3))
    first, second = said.prototypes[0].firm, said.prototypes[1].firm
    yield walk.at(-1, 16)
    with walk.acting(walk.world.answers_for(first)) as act:
        asked = _appearance(walk, act, first)
        shown = queries.appearances_of(act.session, asked.event)
        other = next(each for each in shown if each.response.organisation_id == walk.world.organisations[second])
        showcases.ask_to_swap(act.session, act.actor, asked, other.id)


def _set_up(walk: Walk, said: shapes.Event, planned: int) -> Acts:
    """The owner plans, each firm says what it shows, needs and costs, and the order is drawn by lot."""
    yield walk.at(planned, 10)
    with walk.as_owner() as act:
        _plan(walk, act, said)
    for prototype in said.prototypes:
        yield walk.at(planned + 2, 11)
        with walk.acting(walk.world.answers_for(prototype.firm)) as act:
            _describe(walk, act, prototype)
    yield walk.at(planned + 2, 16)
    with walk.as_owner() as act:
        event = _event(act)
        showcases.draw_order(act.session, act.actor, event, event.version, "")


def show(walk: Walk) -> Acts:
    """The day itself, the panel's scores, and the choice two people agree on; nothing yet where it is to come."""
    said = there(walk.text.event)
    for person in _panel(walk.text, said):
        yield walk.at(min(said.day, 0) - 1, 9)
        with walk.acting(person) as act:
            seat = there(queries.own_seat(act.session, act.actor, _event(act).reference))
            showcases.declare(act.session, act.actor, seat, conflicted=False, detail="")
    if not walk.leaves("showcase"):
        if said.day <= 0:
            yield from _half_way(walk, said)
        return
    for person in _panel(walk.text, said):
        yield walk.at(said.day, 14)
        with walk.acting(person) as act:
            _score(walk, act, said, person)
    yield walk.at(said.day, 18)
    with walk.as_owner() as act:
        showcases.move_event(act.session, act.actor, _event(act), "hold")
    for guest in said.guests:
        yield walk.at(said.day + 1, 9)
        with walk.acting(guest) as act:
            _say_what_they_think(act)
    yield walk.at(said.day + 2, 10)
    with walk.as_owner() as act:
        _choose(walk, act, said)
    yield walk.at(said.day + 3, 10)
    with walk.as_officer() as act:
        fire(act.session, act.actor, act.challenge, "choose_solution")


def _half_way(walk: Walk, said: shapes.Event) -> Acts:
    """It is the day: one of the panel has scored the first firm and, on a phone, begun the next; a guest has spoken."""
    yield walk.at(1)
    with walk.acting(_panel(walk.text, said)[0]) as act:
        seat = there(queries.own_seat(act.session, act.actor, _event(act).reference))
        criteria = queries.criteria_of(act.session, seat.event.challenge)
        first, second = queries.appearances_of(act.session, seat.event)[:2]
        marks = [Mark(each.id, 4, HALF_WAY) for each in criteria]
        showcases.save_scores(act.session, act.actor, seat, seat.version, first, marks)
        act.session.flush()
        kept = Change(str(uuid5(NAMESPACE_URL, seat.event.reference)), second.id, criteria[0].id, 1, 3, HALF_WAY)
        showcases.take_changes(act.session, act.actor, seat, [kept])  # what the phone kept until it had a signal again
    with walk.acting(said.guests[0]) as act:
        _say_what_they_think(act)


def _event(act: Act) -> ShowcaseEvent:
    return there(queries.event_of(act.session, act.challenge))


def _panel(text: shapes.Challenge, said: shapes.Event) -> tuple[str, ...]:
    """Whoever scores in the texts, or the whole panel while the day is still to come."""
    scoring = {mark.assessor for prototype in said.prototypes for mark in prototype.marks}
    return tuple(each for each in text.assessors if each in scoring) or text.assessors


def _plan(walk: Walk, act: Act, said: shapes.Event) -> None:
    at = walk.world.moment(said.day, 10)
    if said.day == 0:  # so that whoever opens the demonstration finds somebody on
        at = walk.world.loaded_at.replace(second=0, microsecond=0) - MINUTES_INTO_THE_DAY
    plan = EventPlan(at, said.place, "", said.programme, MINUTES_EACH)
    showcases.plan_event(act.session, act.actor, act.challenge, None, plan)


def _describe(walk: Walk, act: Act, said: shapes.Prototype) -> None:
    """The firm says what it will show, and what it would cost to deploy."""
    appearance = _appearance(walk, act, said.firm)
    showcases.write_appearance(act.session, act.actor, appearance, appearance.version, _asks(said))
    for cost in _costs(said):
        showcases.add_cost(act.session, act.actor, appearance, cost)
    if said.away:
        showcases.add_away(act.session, act.actor, appearance, *map(time.fromisoformat, said.away))


def _costs(said: shapes.Prototype) -> list[CostLine]:
    """Setting up, and from the texts' yearly figure running it for as long as they count."""
    once = ("Making and setting up", said.one_off_pounds * 100, 0, 1, "As shown, at the size the challenge asks for.")
    running = ("Running, visits and repairs", 0, said.yearly_pounds * 100, YEARS, "Prices of this year; no new sites.")
    lines = [once, running] if said.yearly_pounds else [once]
    return [CostLine(what, now, yearly, years, Vat.INCLUSIVE, why) for what, now, yearly, years, why in lines]


def _asks(said: shapes.Prototype) -> Showing:
    """What it needs of the room: a dearer prototype is a larger one."""
    return Showing(said.shown, "", setup_minutes=5, sockets=1 + said.one_off_pounds // 20_000, screens=1, network=True)


def _appearance(walk: Walk, act: Act, firm: str) -> Appearance:
    reference = walk.responses[RoundKind.CHALLENGE, firm]
    plan = there(queries.shown_plan(act.session, act.actor, reference))
    return there(queries.appearance_of(act.session, plan))


def _ask_people(walk: Walk, act: Act, said: shapes.Event) -> None:
    emails = {person.key: person.email for person in walk.world.library.people}
    for person in _panel(walk.text, said):
        if problem := showcases.name_panel_member(act.session, act.actor, _event(act), emails[person]):
            raise LookupError(problem)
    for guest in said.guests:
        showcases.invite_guest(act.session, act.actor, _event(act), emails[guest])


def _score(walk: Walk, act: Act, said: shapes.Event, person: str) -> None:
    event = _event(act)
    seat = there(queries.own_seat(act.session, act.actor, event.reference))
    ids = {row.name: row.id for row in queries.criteria_of(act.session, seat.event.challenge)}
    names = {each.key: each.name for each in walk.text.criteria}
    shown = {each.response.organisation_id: each for each in queries.appearances_of(act.session, event)}
    for prototype in said.prototypes:
        marks = [
            Mark(ids[names[each.criterion]], each.score, each.why)
            for each in prototype.marks
            if each.assessor == person
        ]
        appearance = shown[walk.world.organisations[prototype.firm]]
        showcases.save_scores(act.session, act.actor, seat, seat.version, appearance, marks)
        act.session.flush()
    showcases.lock_scores(act.session, act.actor, seat, seat.version)


def _say_what_they_think(act: Act) -> None:
    shown = queries.appearances_of(act.session, _event(act))
    event = there(queries.event_for_guest(act.session, act.actor, _event(act).reference))
    for appearance, words in zip(shown, cycle(GUESTS_WORDS), strict=False):
        talk = words == GUESTS_WORDS[0]
        showcases.give_feedback(act.session, act.actor, event, appearance, text=words, wants_to_talk=talk)


def _choose(walk: Walk, act: Act, said: shapes.Event) -> None:
    chosen = {walk.world.organisations[firm] for firm in said.chosen}
    answers = chosen_responses(act.session, act.challenge)
    reasons = {each.id: said.chosen_because or "" for each in answers if each.organisation_id in chosen}
    challenge = act.challenge
    showcases.choose(act.session, act.actor, challenge, queries.choice_digest(act.session, challenge), reasons)
    agree(act.session, act.actor, challenge, "choose_solution")

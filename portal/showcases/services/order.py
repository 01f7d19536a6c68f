"""The running order: drawn by lot within what firms can do, or adjusted for a reason; each order is kept."""

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from portal import outbox
from portal.db import clock, expect_version
from portal.machine import NotNow
from portal.policy import Actor
from portal.showcases import queries
from portal.showcases.models import Appearance, AwayTime, OrderMaker, OrderRecord, ShowcaseEvent, SwapAnswer
from portal.showcases.running import Drawn, Showing, draw, why_not
from portal.showcases.services.event import begin_edit, begin_showing, record
from portal.showcases.timetable import running_order, showing_of
from portal.support.queries import firm_people

MOST_AWAY = 6
"""How many times a firm may name at which it cannot come."""


def draw_order(
    session: Session,
    actor: Actor,
    event: ShowcaseEvent,
    version: int | None,
    reason: str,
    *,
    new_seed: Callable[[], str] = lambda: secrets.token_hex(16),
) -> Drawn:
    """Draw the order by lot among those in which every firm can come, and put it in force.

    The seed is made here, and kept with all that the lot saw. A draw that replaces an order needs a reason, so that
    nobody draws in silence until they like it. Raises `NotNow` once the event has begun or without that reason.
    """
    begin_edit(session, event)
    expect_version(event, version)
    if event.at <= clock.now():
        raise NotNow("The showcase has begun, so no new order is drawn.")
    if not reason and queries.orders_of(session, event):
        raise NotNow("Say why the order is drawn again.")
    shown = list(queries.appearances_of(session, event))
    if not shown:
        raise NotNow("No firm is going on.")
    firms, seed = [showing_of(each) for each in shown], new_seed()
    drawn = draw(seed, event.at, event.minutes_each, firms)
    place = {reference: number for number, reference in enumerate(drawn.order)}
    order = sorted(shown, key=lambda each: place[each.response.reference])
    put_in_order(
        session,
        actor,
        event,
        order,
        OrderRecord(
            made_by=OrderMaker.LOT, reason=reason, seed=seed, round=drawn.round, drawn_from=_as_json(event, firms)
        ),
    )
    return drawn


def _as_json(event: ShowcaseEvent, firms: Sequence[Showing]) -> str:
    """All that a draw depends on beside its seed."""
    said = {
        "begins": event.at.isoformat(),
        "minutes_each": event.minutes_each,
        "firms": [
            {
                "reference": firm.reference,
                "setup_minutes": firm.setup_minutes,
                "away": [[starts.isoformat("minutes"), ends.isoformat("minutes")] for starts, ends in firm.away],
            }
            for firm in sorted(firms, key=lambda each: each.reference)
        ],
    }
    return json.dumps(said, sort_keys=True)


def put_in_order(
    session: Session,
    actor: Actor,
    event: ShowcaseEvent,
    order: Sequence[Appearance],
    made: OrderRecord,
    *,
    know: Collection[int] = (),
) -> None:
    """Give the firms their places, note how that came about, and overtake every request to swap that still waits.

    Each firm whose turn is new is told, but for those (by appearance) that `know` because they agreed to it.
    """
    before = {} if not queries.orders_of(session, event) else _times(event, sorted(order, key=_place))
    for position, appearance in enumerate(order, start=1):
        appearance.position = position
    now = clock.now()
    for swap in queries.waiting_swaps(session, event):
        swap.answer, swap.answered_at = SwapAnswer.OVERTAKEN, now
    made.event_id, made.made_at, made.person_id = event.id, now, actor.person_id
    made.names = "\n".join(each.response.organisation.name for each in order)
    session.add(made)
    session.flush()
    record(session, actor, "ordered", event, order_id=made.id, made_by=made.made_by.value, seed=made.seed)
    moved = [each for each, at in _times(event, order).items() if each not in know and before.get(each) != at]
    _tell_turns(session, [each for each in order if each.id in moved])


def _place(appearance: Appearance) -> tuple[int, int]:
    return appearance.position, appearance.id


def _times(event: ShowcaseEvent, order: Sequence[Appearance]) -> dict[int, datetime]:
    return {slot.appearance.id: slot.at for slot in running_order(event, order)}


def _tell_turns(session: Session, moved: Sequence[Appearance]) -> None:
    people = firm_people(session, [each.response_id for each in moved])
    for each in moved:
        for person_id in people[each.response_id]:
            outbox.queue(session, "showcases.your_turn", person_id, appearance_id=each.id)


def set_order(
    session: Session, actor: Actor, event: ShowcaseEvent, version: int | None, places: Mapping[int, int], reason: str
) -> None:
    """Put the firms into the order of the numbers given (appearance → number); equal numbers keep their order.

    Raises `NotNow` once held and without a reason, `Conflict` where somebody else changed the plan.
    """
    begin_edit(session, event)
    expect_version(event, version)
    if not reason:
        raise NotNow("Say why the order is adjusted.")
    order = sorted(
        queries.appearances_of(session, event), key=lambda each: (places.get(each.id, each.position), each.position)
    )
    put_in_order(session, actor, event, order, OrderRecord(made_by=OrderMaker.ORGANISER, reason=reason))


def explain_unmet(event: ShowcaseEvent, shown: Sequence[Appearance], unmet: Sequence[str]) -> dict[str, str]:
    """Why each firm (by response reference) could not be given a turn it can come to."""
    firms = [showing_of(each) for each in shown]
    return {each: why_not(event.at, event.minutes_each, firms, each) for each in unmet}


def add_away(session: Session, actor: Actor, appearance: Appearance, starts: time, ends: time) -> str | None:
    """Note when a firm cannot come on the day; a sentence where it cannot be noted.

    Raises `NotNow` once the panel scores.
    """
    begin_showing(session, appearance)
    if len(appearance.away) >= MOST_AWAY:
        return f"Name no more than {MOST_AWAY} times. Join some of them into one."
    if (starts, ends) not in {(each.starts, each.ends) for each in appearance.away}:
        appearance.away.append(AwayTime(starts=starts, ends=ends))
        record(session, actor, "away_added", appearance.event, appearance_id=appearance.id)
    return None


def remove_away(session: Session, actor: Actor, appearance: Appearance, away_id: int) -> None:
    """Take such a time away; one that is gone already changes nothing. Raises `NotNow` once the panel scores."""
    begin_showing(session, appearance)
    appearance.away = [each for each in appearance.away if each.id != away_id]
    record(session, actor, "away_removed", appearance.event, appearance_id=appearance.id)


def without_times(firm: Showing) -> Showing:
    """The firm as if it could always come: it said yes to a swap knowing its own day."""
    return replace(firm, away=())

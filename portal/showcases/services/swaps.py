"""Two firms swap their turns: one asks, the other answers, and both move at once or not at all."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import outbox
from portal.db import clock, hold
from portal.machine import NotNow
from portal.policy import Actor
from portal.showcases import queries
from portal.showcases.models import Appearance, OrderMaker, OrderRecord, ShowcaseEvent, SlotSwap, SwapAnswer
from portal.showcases.running import swapped, unmet
from portal.showcases.services.event import begin_edit, record
from portal.showcases.services.order import put_in_order, without_times
from portal.showcases.timetable import showing_of
from portal.support.queries import firm_people

_BEGUN = "The showcase has begun, so turns are no longer swapped."


def ask_to_swap(session: Session, actor: Actor, asker: Appearance, asked_id: int) -> SlotSwap:
    """Ask the firm that has another turn for it; its people are mailed, and neither firm learns the other's name.

    Raises `NotNow` where the swap cannot be, in words: the event has begun, a request of this firm waits already, or
    a third firm would have to come when it cannot.
    """
    shown = _begin(session, asker.event)
    other = shown.get(asked_id)
    if other is None or asked_id == asker.id or asker.id not in shown:
        raise NotNow("There is no such turn any more. Load the page again.")
    if any(swap.asker_id == asker.id for swap in queries.waiting_swaps(session, asker.event)):
        raise NotNow("You have asked for a turn already. Take that back before you ask for another.")
    _others_can_still_come(asker.event, shown, asker, other)
    swap = SlotSwap(
        event_id=asker.event_id,
        asker_id=asker.id,
        asked_id=other.id,
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
        answer=SwapAnswer.WAITING,
    )
    session.add(swap)
    session.flush()
    record(session, actor, "swap_asked", asker.event, swap_id=swap.id)
    _tell(session, "showcases.swap_asked", swap, other)
    return swap


def answer_swap(session: Session, actor: Actor, asked: Appearance, swap_id: int, *, accepted: bool) -> None:
    """Accept or decline; accepting moves both firms in this transaction and overtakes what else waits.

    Raises `NotNow` where the request no longer waits or can no longer be.
    """
    shown = _begin(session, asked.event)
    swap = _waiting(session, swap_id)
    if swap is None or swap.asked_id != asked.id or swap.asker_id not in shown or asked.id not in shown:
        raise NotNow("This request no longer waits for an answer. The order may have changed.")
    asker = shown[swap.asker_id]
    if accepted:
        _others_can_still_come(asked.event, shown, asker, asked)
    swap.answer = SwapAnswer.ACCEPTED if accepted else SwapAnswer.DECLINED
    swap.answered_at, swap.answered_by_id = clock.now(), actor.person_id
    session.flush()
    record(session, actor, "swap_answered", asked.event, swap_id=swap.id, accepted=accepted)
    if accepted:
        places = {asker.id: asked.position, asked.id: asker.position}
        order = sorted(shown.values(), key=lambda each: places.get(each.id, each.position))
        made = OrderRecord(made_by=OrderMaker.SWAP)
        put_in_order(session, actor, asked.event, order, made, know={asker.id, asked.id})
    _tell(session, "showcases.swap_answered", swap, asker)


def take_back_swap(session: Session, actor: Actor, asker: Appearance, swap_id: int) -> None:
    """Take one's own request back; one that was answered already stays as it was answered."""
    _begin(session, asker.event)
    swap = _waiting(session, swap_id)
    if swap is not None and swap.asker_id == asker.id:
        swap.answer, swap.answered_at, swap.answered_by_id = SwapAnswer.WITHDRAWN, clock.now(), actor.person_id
        record(session, actor, "swap_taken_back", asker.event, swap_id=swap.id)


def _begin(session: Session, event: ShowcaseEvent) -> dict[int, Appearance]:
    """Lock the challenge, so that of two answers at once the second sees the first; the order as it then is."""
    begin_edit(session, event)
    hold(session, event)
    if event.state != "planned" or event.at <= clock.now():
        raise NotNow(_BEGUN if event.state == "planned" else "The showcase is cancelled for now.")
    shown = queries.appearances_of(session, event)
    for each in shown:
        session.refresh(each, ["position", "setup_minutes", "version"])
    return {each.id: each for each in sorted(shown, key=lambda each: (each.position, each.id))}


def _waiting(session: Session, swap_id: int) -> SlotSwap | None:
    return session.scalars(
        select(SlotSwap)
        .where(SlotSwap.id == swap_id, SlotSwap.answer == SwapAnswer.WAITING)
        .execution_options(populate_existing=True)
    ).first()


def _others_can_still_come(
    event: ShowcaseEvent, shown: dict[int, Appearance], one: Appearance, other: Appearance
) -> None:
    """Different set-up times move the turns between the two; nobody is moved into a time they cannot come."""
    both = {one.response.reference, other.response.reference}
    now = [showing_of(each) for each in shown.values()]
    order = [without_times(firm) if firm.reference in both else firm for firm in now]
    before = set(unmet(event.at, event.minutes_each, order))
    after = set(unmet(event.at, event.minutes_each, swapped(order, *sorted(both))))
    if after - before:
        raise NotNow("With this swap another firm would have to come when it cannot. Ask for another turn.")


def _tell(session: Session, kind: str, swap: SlotSwap, to: Appearance) -> None:
    for person_id in firm_people(session, [to.response_id])[to.response_id]:
        outbox.queue(session, kind, person_id, swap_id=swap.id)

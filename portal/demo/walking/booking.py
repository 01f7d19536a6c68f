"""Support as it stands today: times on offer, some booked, a firm that was offered too little and not called yet."""

from datetime import timedelta

from portal.challenges.models import RoundKind
from portal.demo.walking.supporting import plan_of
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.support import queries
from portal.support import services as support
from portal.support.models import MilestoneBy, ResourceKind, Slot, SupportPlan

HOUR = 60
ROOM = "Electronics room"


def offer_and_book(walk: Walk) -> Acts:
    """The owner and the adviser offer times; the first firm takes most of them, so that the ledger is uneven."""
    first, *others = [plan.firm for plan in walk.text.support]
    yield walk.at(-2, 9)
    with walk.as_owner() as act:
        on_mornings = _offer(walk, act, person_id=act.actor.person_id, day=6, count=4, place="Council House, room 3")
    with walk.acting(walk.world.adviser()) as act:
        room_id = _list_room(act)
        in_room = _offer(walk, act, resource_id=room_id, day=8, count=2, place="Makers' Loft")
        _agree_on_milestones(walk, act, first)
    yield walk.at(-2, 12)
    with walk.acting(walk.world.answers_for(first)) as act:
        for slot in (*on_mornings[:3], in_room[0]):
            support.book(act.session, act.actor, _own_plan(walk, act, first), slot.id)
        words = "Could the drivers see the sign once more before we order the case?"
        support.write_note(act.session, act.actor, _own_plan(walk, act, first), words, from_firm=True)
    for firm in others:
        yield walk.at(-1, 9)
        with walk.acting(walk.world.answers_for(firm)) as act:
            words = "Nobody has called us yet. Which week suits you?"
            support.write_note(act.session, act.actor, _own_plan(walk, act, firm), words, from_firm=True)


def _own_plan(walk: Walk, act: Act, firm: str) -> SupportPlan:
    return there(queries.own_plan(act.session, act.actor, walk.responses[RoundKind.CHALLENGE, firm]))


def _offer(
    walk: Walk,
    act: Act,
    *,
    day: int,
    count: int,
    place: str,
    person_id: int | None = None,
    resource_id: int | None = None,
) -> list[Slot]:
    given = support.TimeOffer(
        person_id=person_id,
        resource_id=resource_id,
        starts_at=walk.world.moment(day, 9),
        minutes=HOUR,
        count=count,
        place=place,
        link="",
        plan_id=None,
    )
    return support.offer(act.session, act.actor, act.challenge, given)


def _list_room(act: Act) -> int:
    body_id = support.may_add_for(act.actor, act.challenge)[0]
    room = support.add_resource(
        act.session, act.actor, act.challenge, body_id=body_id, kind=ResourceKind.ROOM, name=ROOM, place="Makers' Loft"
    )
    return room.id


def _agree_on_milestones(walk: Walk, act: Act, firm: str) -> None:
    plan = plan_of(walk, act, firm)
    today = walk.world.day(0)
    for title, days, by in (
        ("The sign speaks its three lines", -3, MilestoneBy.FIRM),
        ("Three blind users have used it alone", 14, MilestoneBy.FIRM),
        ("A place at Cotter's Green with power", 10, MilestoneBy.TEAM),
    ):
        support.add_milestone(act.session, act.actor, plan, title=title, due_on=today + timedelta(days=days), by=by)
    act.session.flush()
    act.session.refresh(plan, ["milestones"])
    support.mark_milestone(act.session, act.actor, plan, plan.milestones[0].id, done=True)

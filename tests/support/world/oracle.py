"""What everybody should be answered, from the declared access, the table of permissions, and who belongs where.

It asks no database: what it knows of the world are `people.CAST` and the things in `addresses`. What a route's
finder should hide is said once more here, in words of the world.
"""

from collections.abc import Callable
from enum import Enum

from portal.policy import PERMISSIONS, Permission, Role
from portal.web.access import PUBLIC, Access
from tests.support.world.addresses import Address, Thing
from tests.support.world.people import (
    ANONYMOUS,
    CAST,
    ELSEWHERE,
    EVERY_STORY,
    FIRM,
    HERE,
    HUB,
    PARTNER_FIRM,
    PORTAL,
    RIVAL,
    SIDE_STORY,
)

_P = Permission
_FIRMS = (FIRM, RIVAL, PARTNER_FIRM)


class Expected(Enum):
    """What somebody should be answered."""

    SIGN_IN = "sent to sign in"
    HIDDEN = "not found"
    REFUSED = "forbidden"
    ALLOWED = "let in"

    def met_by(self, status: int, location: str) -> bool:
        """Whether an answer is this one."""
        if self is Expected.ALLOWED:
            return status < 500 and status not in {403, 404}
        if self is Expected.SIGN_IN:
            return status == 302 and location.startswith("/sign-in")
        return status == (404 if self is Expected.HIDDEN else 403)


def expected(who: str, address: Address, access: Access) -> Expected:
    """What this person should be answered at this address."""
    if address.endpoint in NOT_HERE:
        return Expected.HIDDEN
    if access.needs != PUBLIC and who == ANONYMOUS:
        return Expected.SIGN_IN
    if access.find is not None and not FINDS[access.find.__name__](who, address.thing):
        return Expected.HIDDEN
    if isinstance(access.needs, str):
        return Expected.ALLOWED
    needs = FINER.get((address.endpoint, address.method), access.needs)
    within = _places(address.thing) if access.find is not None else None
    return Expected.ALLOWED if _may(who, needs, within) else Expected.REFUSED


def _places(thing: Thing) -> frozenset[str]:
    places = set(thing.firms)
    if thing.story:
        places |= {ELSEWHERE, HUB} if thing.story == "elsewhere" else {HERE, HUB}
        places.add(SIDE_STORY if thing.story == "beside" else EVERY_STORY)
    if thing.body:
        places |= {thing.body, PORTAL}
    return frozenset(places)


def _may(who: str, needs: tuple[Permission, ...], within: frozenset[str] | None) -> bool:
    return any(
        not PERMISSIONS[role].isdisjoint(needs) and (within is None or place in within)
        for role, place in CAST.get(who, ())
    )


def _inside(who: str, thing: Thing) -> bool:
    """The people of a challenge's authorities, the advisers of its bodies, and who has a part in it."""
    places = _places(Thing(story=thing.story))
    return any(place in places for _role, place in CAST.get(who, ()))


def _own(who: str, thing: Thing) -> bool:
    return any(place in thing.firms and place in _FIRMS for _role, place in CAST.get(who, ()))


def _everybody(_who: str, _thing: Thing) -> bool:
    return True


def _herself(who: str, thing: Thing) -> bool:
    return who == thing.person


def _own_or_inside(who: str, thing: Thing) -> bool:
    return _own(who, thing) or _inside(who, thing)


def _reads(who: str, thing: Thing) -> bool:
    return thing.opened and _may(who, (_P.RESPONSES_READ,), _places(thing))


def _own_or_reads(who: str, thing: Thing) -> bool:
    return _own(who, thing) or _reads(who, thing)


def _is_guest(who: str, thing: Thing) -> bool:
    return _may(who, (_P.SHOWCASE_ATTEND,), _places(thing))


def _of_body(who: str, thing: Thing) -> bool:
    return any(place == thing.body or role is Role.ADMINISTRATOR for role, place in CAST.get(who, ()))


def _of_body_or_coordinator(who: str, thing: Thing) -> bool:
    return _of_body(who, thing) or who == "coordinator"


FINDS: dict[str, Callable[[str, Thing], bool]] = {
    "published": _everybody,
    "released": _everybody,
    "supplier": _everybody,
    "myself": _everybody,
    "inside_round": _inside,
    "case_inside": _inside,
    "question_inside": _inside,
    "needed": _inside,
    "claimed": _inside,
    "dated": _inside,
    "event_inside": _inside,
    "plan_inside": _inside,
    "of_authority": _inside,
    "phase_of": _inside,
    "inside": lambda who, thing: _of_body(who, thing) if thing.body else _inside(who, thing),
    "glimpse_inside": _inside,
    "shown_firm": _everybody,
    "own_firm": lambda who, thing: _may(who, (_P.RESPONSE_WRITE,), frozenset({thing.body})),
    "authority_seen": _of_body_or_coordinator,
    "proposal_seen": _of_body_or_coordinator,
    "event_seen": _everybody,
    "own_time": _own,
    "own_vouch": _of_body_or_coordinator,
    "vouched_firm": _own,
    "vouch_about": _own,
    "own_need": _of_body_or_coordinator,
    "file_seen": _of_body_or_coordinator,
    "own": _own,
    "mine": _own,
    "own_plan": _own,
    "outcome_for_firm": _own,
    "own_debrief": _own,
    "own_check": _own,
    "own_prompt": _own,
    "own_case": _herself,
    "teaming_at": _own,
    "other_at": _own,
    "reservable": _inside,
    "inside_check": _reads,
    "inside_debrief": _reads,
    "invitation": _own,
    "session_for": _own_or_inside,
    "shown_plan": _own_or_inside,
    "summary_visible": _own_or_inside,
    "visible": _own_or_inside,
    "change_visible": _inside,
    "change_inside": _inside,
    "happening": _own_or_inside,
    "phase_visible": _own_or_inside,
    "evidence_visible": _own_or_inside,
    "happening_inside": _inside,
    "own_happening": _own,
    "benefit_visible": _own_or_inside,
    "benefit_inside": _inside,
    "own_benefit": _own,
    "invoice_visible": _own_or_inside,
    "invoice_inside": _inside,
    "own_invoice": _own,
    "for_reader": _own_or_reads,
    "opened": _reads,
    "own_question": lambda who, _thing: who == "firm",
    "own_clarification": _own,
    "inside_clarification": _reads,
    "my_membership": _herself,
    "my_sheet": _herself,
    "own_seat": _herself,
    "event_for_guest": _is_guest,
    "event_to_attend": lambda who, thing: _is_guest(who, thing) or _herself(who, thing) or _inside(who, thing),
}
"""For each finder, whose things it should find. One that is not here fails the test."""

_LOOKS_AFTER_IT = (_P.AUTHORITY_MANAGE, _P.SUPPLIER_MANAGE)

FINER: dict[tuple[str, str], tuple[Permission, ...]] = {
    # Releasing is the officer's alone; the page before it is for everybody who may make some move, and says so.
    ("pathways.make_move", "POST"): (_P.CHALLENGE_PROCURE,),
    # The world's assessor is ended, and the one asked to assess: their role is given by these two alone.
    ("team.end", "POST"): (_P.CHALLENGE_LEAD, _P.CHALLENGE_PROCURE),
    ("team.withdraw", "POST"): (_P.CHALLENGE_LEAD, _P.CHALLENGE_PROCURE),
    # The world's room is the hub's, and its own people take it off the list.
    ("support.remove_resource", "POST"): (_P.SUPPORT_GIVE,),
    # The portal's administrator sees a body's people, but they are the body's own to take in and to let go.
    ("organisations.decide_join", "POST"): _LOOKS_AFTER_IT,
    ("organisations.withdraw", "POST"): _LOOKS_AFTER_IT,
    ("organisations.end_role", "POST"): _LOOKS_AFTER_IT,
}
"""Where something asks more of a person than its access says, and what."""

NOT_HERE = frozenset({"accounts.be_somebody"})
"""What exists in the demonstration only."""

"""The life of a support plan, from the first call to a firm that is ready to show."""

from datetime import timedelta
from typing import Any

from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission

FIRST_CONTACT_WORKING_DAYS = 2
"""A chosen firm hears from its adviser within two working days (our policy)."""

EVEN_WITHIN_MINUTES = 120
"""Firms of one challenge are offered the same time, give or take this much (our policy, and published to firms)."""

CHANGE_UNTIL = timedelta(hours=2)
"""Sessions are booked, moved and cancelled until this long before they begin, by either side (our policy)."""

NOTICE = timedelta(hours=24)
"""Times are offered at least this long ahead, so that every firm has a chance to take them (our policy)."""


@requirement("The challenge is at support or showcase.")
def challenge_shows_firms(at: Situation[Any]) -> bool:
    """Plans move only while firms are helped or shown; afterwards they are a record."""
    return at.subject.root().state in {"support", "showcase"}


@requirement("What the firm needs is written down.")
def needs_written(at: Situation[Any]) -> bool:
    """Nobody is ready for a need that nobody named."""
    return bool(at.subject.needs.strip())


@requirement("Every milestone has been reached.")
def milestones_reached(at: Situation[Any]) -> list[str]:
    """Names those that were not."""
    return [f"“{each.title}” is not done yet." for each in at.subject.milestones if each.done_at is None]


def _keep_reason(at: Situation[Any]) -> None:
    at.subject.out_reason = at.given["reason"].strip()


_GOING = frozenset({"to_contact", "under_way", "ready"})

PLAN = Machine(
    "support_plan",
    title="Support plan",
    initial="to_contact",
    states=(
        State("to_contact", "To be contacted", tone="orange"),
        State("under_way", "Being supported", tone="teal"),
        State("ready", "Ready to show", tone="green"),
        State("out", "Not going on", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="contact",
            title="Note the first contact",
            sources=frozenset({"to_contact"}),
            target="under_way",
            who=(Permission.SUPPORT_RUN,),
            requirements=(challenge_shows_firms,),
            stamps=("contacted_at",),
        ),
        Move(
            name="make_ready",
            title="Say the firm is ready",
            sources=frozenset({"under_way"}),
            target="ready",
            who=(Permission.SUPPORT_RUN,),
            requirements=(challenge_shows_firms, needs_written, milestones_reached),
        ),
        Move(
            name="help_more",
            title="Go on supporting",
            sources=frozenset({"ready"}),
            target="under_way",
            who=(Permission.SUPPORT_RUN,),
            requirements=(challenge_shows_firms,),
        ),
        Move(
            name="put_out",
            title="End the firm's part",
            sources=_GOING,
            target="out",
            who=(Permission.SUPPORT_RUN,),
            requirements=(challenge_shows_firms,),
            effects=(_keep_reason,),
            asks=("reason",),
        ),
        Move(
            name="leave",
            title="Leave the challenge",
            sources=_GOING,
            target="out",
            who=(Permission.RESPONSE_WRITE,),
            requirements=(challenge_shows_firms,),
            effects=(_keep_reason,),
            asks=("reason",),
        ),
    ),
)

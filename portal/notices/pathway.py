"""The life of a notice."""

from typing import Any

from sqlalchemy import func, select

from portal.challenges.conflicts import unconfirmed
from portal.law.releases import may_be_replaced_by_reasons
from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission


@requirement("Its number on the official platform is recorded.")
def numbered(at: Situation[Any]) -> bool:
    """So that anybody can find it there."""
    return bool(at.subject.reference)


@requirement("The time at which it was published has passed.")
def published_already(at: Situation[Any]) -> bool:
    """What is only planned is not published."""
    return at.subject.published_at is not None and at.subject.published_at <= at.now


@requirement("The assessment of conflicts was looked at anew for this notice.", link="brief.conflicts")
def conflicts_confirmed(at: Situation[Any]) -> list[str]:
    """Tender, transparency, contract details and change notices say so (Procurement Act 2023 s.83)."""
    notice = type(at.subject)
    last = at.session.scalar(
        select(func.max(notice.state_since)).where(
            notice.challenge_id == at.subject.challenge_id, notice.kind == at.subject.kind, notice.state == "published"
        )
    )
    return unconfirmed(at.session, at.subject.challenge, at.subject.kind.code, last)


def _reasons_will_do(at: Situation[Any]) -> bool:
    return may_be_replaced_by_reasons(at.subject.kind)


def _keep_reasons(at: Situation[Any]) -> None:
    at.subject.reasons = str(at.given["reason"]).strip()


_PROCURE = (Permission.CHALLENGE_PROCURE,)
_OPEN = frozenset({"draft", "ready"})

NOTICE = Machine(
    "notice",
    title="Notice",
    initial="draft",
    states=(
        State("draft", "To be published", tone="yellow"),
        State("ready", "Checked, ready to publish", tone="blue"),
        State("published", "Published", end=True, tone="green"),
        State("replaced", "Reasons given instead", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="prepare",
            title="Mark as checked",
            sources=frozenset({"draft"}),
            target="ready",
            who=_PROCURE,
            meaning="Its particulars are right and can be copied to the official platform.",
        ),
        Move(
            name="publish",
            title="Record as published",
            sources=_OPEN,
            target="published",
            who=_PROCURE,
            requirements=(numbered, published_already, conflicts_confirmed),
        ),
        Move(
            name="replace",
            title="Give reasons instead",
            sources=_OPEN,
            target="replaced",
            who=_PROCURE,
            when=_reasons_will_do,
            stamps=("replaced_at",),
            asks=("reason",),
            effects=(_keep_reasons,),
        ),
    ),
)

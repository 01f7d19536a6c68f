"""Where a firm goes on from its own response: the pages that upper rooms keep about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.policy import Actor
from portal.responses.models import Response

_SEALED = frozenset({"draft", "submitted", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Onward:
    """A link from a response: the page's endpoint, the `reference` it takes, what it is called and what it is for."""

    endpoint: str
    reference: str
    title: str
    meaning: str


ONWARD: list[Callable[[Session, Actor, Response], Iterable[Onward]]] = []
"""What upper floors have about an opened response; the wiring fills it."""


def onward(session: Session, actor: Actor, response: Response) -> list[Onward]:
    """Every page about this response that this person of its firms may read; none before it was opened."""
    if response.state in _SEALED:
        return []
    return [each for known in ONWARD for each in known(session, actor, response)]

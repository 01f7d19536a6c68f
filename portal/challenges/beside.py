"""What upper rooms put beside a brief: a page that helps to write it, where its authority has that help switched on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.policy import Actor, Permission


@dataclass(frozen=True, slots=True)
class Beside:
    """A link from a brief: the page's endpoint (it takes `reference`), what it is, what it is for, who may enter."""

    endpoint: str
    title: str
    meaning: str
    who: Permission


HELPS: list[Callable[[Session, Challenge], Iterable[Beside]]] = []
"""Filled by the wiring."""


def beside(session: Session, actor: Actor, challenge: Challenge) -> list[Beside]:
    """Everything that stands beside this brief for this person."""
    scopes = challenge.scopes()
    return [each for help_ in HELPS for each in help_(session, challenge) if actor.may(each.who, scopes)]

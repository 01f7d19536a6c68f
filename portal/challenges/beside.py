"""What upper rooms put beside a challenge where its authority has it on: help with a brief, pages for firms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.policy import Actor, Permission


@dataclass(frozen=True, slots=True)
class Beside:
    """A link from a brief or a challenge.

    `endpoint` is the page's (it takes `reference`); then what it is, what it is for, and who may enter.
    """

    endpoint: str
    title: str
    meaning: str
    who: Permission


HELPS: list[Callable[[Session, Challenge], Iterable[Beside]]] = []
"""Filled by the wiring."""

FOR_FIRMS: list[Callable[[Session, Actor, Challenge], Iterable[Beside]]] = []
"""What people of firms find beside a challenge they may answer. Filled by the wiring."""


def beside(session: Session, actor: Actor, challenge: Challenge) -> list[Beside]:
    """Everything that stands beside this brief for this person."""
    scopes = challenge.scopes()
    return [each for help_ in HELPS for each in help_(session, challenge) if actor.may(each.who, scopes)]


def for_firms(session: Session, actor: Actor, challenge: Challenge) -> list[Beside]:
    """Everything that stands beside this challenge for this person as one of a firm."""
    return [each for found in FOR_FIRMS for each in found(session, actor, challenge)]

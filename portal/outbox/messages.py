"""Kinds of message: each feature says how its own are worded, in its `messages.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Mail:
    """A message ready to be rendered: its subject, its text template, what that needs, and the one page to act on.

    `unsubscribe`: the page by which its receiver gets no more of its kind; empty where there is no choice.
    """

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    path: str = "/"
    unsubscribe: str = ""


Wording = Callable[..., Mail | None]

_wordings: dict[str, Wording] = {}


def message(kind: str) -> Callable[[Wording], Wording]:
    """Register how messages of `kind` are worded: `f(session, **parameters)`; None when there is nothing to say now."""

    def register(wording: Wording) -> Wording:
        if _wordings.setdefault(kind, wording) is not wording and _wordings[kind].__module__ != wording.__module__:
            raise ValueError(f"Messages of kind {kind} are worded twice.")
        return wording

    return register


def worded(session: Session, kind: str, parameters: dict[str, Any]) -> Mail | None:
    """Word a message. Raises `LookupError` for a kind nobody words."""
    if kind not in _wordings:
        raise LookupError(f"Nobody words messages of kind {kind}.")
    return _wordings[kind](session, **parameters)


def kinds() -> frozenset[str]:
    """Every kind somebody words."""
    return frozenset(_wordings)

"""The pages inside a challenge, in the order of its life, as far as this person may enter them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, current_app, request

from portal.machine import Unmet
from portal.policy import Permission
from portal.web.access import access_of
from portal.web.addresses import address
from portal.web.identity import current_actor

_TENDERED = ("tender", "tender_assessment", "award", "activated")
"""The states in which there surely is a tender round; before them its page would not be found."""


def _always(_challenge: Any) -> bool:
    return True


def _shows_prototypes(challenge: Any) -> bool:
    return bool(challenge.pathway.value == "showcase")


def _tenders(challenge: Any) -> bool:
    engaged = challenge.release_kind is not None and challenge.release_kind.value == "engagement"
    return engaged and challenge.state in _TENDERED


_SECTIONS: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
    ("pathways.progress", "Progress", _always),
    ("design.page", "Design thinking", _always),
    ("brief.tasks", "Brief", _always),
    ("team.page", "People", _always),
    ("matching.firms", "Firms", _always),
    ("questions.inbox", "Questions", _always),
    ("responses.opening", "Responses", _always),
    ("assessment.panel", "Assessment", _always),
    ("support.plans", "Support", _shows_prototypes),
    ("showcases.event", "Showcase", _shows_prototypes),
    ("business_cases.case", "Business case", _always),
    ("assessment.tender.panel", "Tender assessment", _tenders),
    ("notices.of_challenge", "Notices", _always),
    ("procurement.dates", "Legal dates", _always),
    ("notices.award", "Award", _always),
    ("partnerships.award", "Contracts", _always),
)
_WITHIN = {"debriefs": "assessment.panel", "exclusions": "notices.award"}
"""Rooms without a section of their own, and the section that their pages are reached from."""


@dataclass(frozen=True, slots=True)
class Section:
    """A link to one of the pages inside a challenge."""

    href: str
    text: str
    here: bool


def register(app: Flask) -> None:
    """Give templates `challenge_sections(challenge)`, `may_enter(endpoint, challenge)` and `within_reach`."""
    app.add_template_global(challenge_sections)
    app.add_template_global(may_enter)
    app.add_template_global(within_reach)


def within_reach(missing: Iterable[Unmet], challenge: Any) -> list[Unmet]:
    """What is missing, linked only where this person may enter the page that meets it."""
    held = current_actor().permissions(challenge.scopes())
    return [each if _may_enter(held, each.link.partition("#")[0]) else replace(each, link="") for each in missing]


def may_enter(endpoint: str, challenge: Any) -> bool:
    """Whether this person may enter a page of this challenge or of its lead; a link elsewhere ends in a refusal."""
    return _may_enter(current_actor().permissions(challenge.scopes()), endpoint)


def challenge_sections(challenge: Any) -> list[Section]:
    """The sections of one challenge that this person may enter, with the one they are in marked."""
    here, held = _here(), current_actor().permissions(challenge.scopes())
    return [
        Section(address(endpoint, challenge.reference), text, endpoint == here)
        for endpoint, text, shown in _SECTIONS
        if shown(challenge) and _may_enter(held, endpoint)
    ]


def _may_enter(held: frozenset[Permission], endpoint: str) -> bool:
    if endpoint not in current_app.view_functions:
        return False
    declared = access_of(endpoint)
    if declared is None or isinstance(declared.needs, str):
        return True
    return not held.isdisjoint(declared.needs)


def _here() -> str:
    """The section this page belongs to: its own, or else the first of the same room."""
    current = request.endpoint or ""
    known = [endpoint for endpoint, _, _ in _SECTIONS]
    if current in known:
        return current
    room = current.rpartition(".")[0]
    first = next((endpoint for endpoint in known if endpoint.rpartition(".")[0] == room), "")
    return _WITHIN.get(room, first)

"""The pages inside a challenge, in the order of its life; each is shown once the challenge has come that far."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request

from portal.web.addresses import address

_SECTIONS = (
    ("pathways.progress", "Progress"),
    ("design.page", "Design thinking"),
    ("brief.tasks", "Brief"),
    ("team.page", "People"),
    ("questions.inbox", "Questions"),
    ("responses.opening", "Responses"),
    ("assessment.panel", "Assessment"),
    ("support.plans", "Support"),
    ("showcases.event", "Showcase"),
    ("business_cases.case", "Business case"),
    ("notices.of_challenge", "Notices"),
    ("partnerships.award", "Partnership"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A link to one of the pages inside a challenge."""

    href: str
    text: str
    here: bool


def register(app: Flask) -> None:
    """Give templates `challenge_sections(challenge)`."""
    app.add_template_global(challenge_sections)


def challenge_sections(challenge: Any) -> list[Section]:
    """The sections of one challenge, with the one whose feature answers now marked."""
    feature = (request.endpoint or "").split(".")[0]
    return [
        Section(address(endpoint, challenge.reference), text, endpoint.split(".")[0] == feature)
        for endpoint, text in _SECTIONS
        if endpoint in current_app.view_functions and (challenge.pathway.value == "showcase" or not _is_showcase(text))
    ]


def _is_showcase(text: str) -> bool:
    return text in {"Support", "Showcase"}

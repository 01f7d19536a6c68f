"""The brief's task list, its preview, and the tender's."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges import amending, brief_view, parts, requirements
from portal.challenges.beside import beside
from portal.challenges.brief_content import sections_of
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.pathway import ChallengeState
from portal.challenges.queries import inside
from portal.challenges.sections import SECTIONS
from portal.challenges.views import desks
from portal.challenges.views.blueprints import brief
from portal.db import clock
from portal.machine import Requirement, Situation
from portal.policy import Permission
from portal.web import access, current_actor, db_session

_SEE = (Permission.CHALLENGE_SEE, Permission.SUPPORT_GIVE)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list; `href` is None for those who may not do it."""

    title: str
    href: str | None
    status: str
    tone: str | None
    hint: str | None = None


@brief.get("/challenges/<reference>/brief")
@access(*_SEE, find=inside)
def tasks(challenge: Challenge) -> ResponseReturnValue:
    """What is written and what is not; after the release, what was published and how it can change."""
    session = db_session()
    if challenge.brief_number:
        version = amending.latest_version(session, challenge)
        return render_template(
            "challenges/brief_released.html",
            challenge=challenge,
            brief=brief_view.published(version) if version else None,
            round=parts.read(session, challenge, "dates"),
            is_open=challenge.state == ChallengeState.OPEN,
            pending=amending.pending(session, challenge),
            tender=desks.TENDER.stands(challenge),
            beside=beside(session, current_actor(), challenge),
            officer=current_actor().may(Permission.CHALLENGE_PROCURE, challenge.scopes()),
        )
    return render_template(
        "challenges/brief_tasks.html",
        challenge=challenge,
        written=_brief_tasks(challenge),
        judged=[
            _task(challenge, "deal", (requirements.deal_complete,), desks.BRIEF),
            _task(challenge, "criteria", _criteria_in_order(), desks.BRIEF),
        ],
        brief=brief_view.live(session, challenge),
        beside=beside(session, current_actor(), challenge),
        lawful=_officer_tasks(challenge),
        may_edit=desks.BRIEF.stands(challenge),
        exploring=challenge.state == ChallengeState.DESIGN_THINKING,
    )


@brief.get("/challenges/<reference>/brief/preview")
@access(*_SEE, find=inside)
def preview(challenge: Challenge) -> ResponseReturnValue:
    """The brief exactly as firms will see it."""
    return _preview(challenge, RoundKind.CHALLENGE, "brief.tasks")


@brief.get("/challenges/<reference>/tender")
@access(*_SEE, find=inside)
def tender(challenge: Challenge) -> ResponseReturnValue:
    """What the tender round has of its own: criteria and dates."""
    kind = RoundKind.TENDER
    dates = (requirements.questions_close_before_deadline(kind), requirements.deadline_lawful(kind))
    return render_template(
        "challenges/tender_tasks.html",
        challenge=challenge,
        tasks=[
            _task(
                challenge,
                "criteria",
                (requirements.weights_add_up(kind), requirements.form_proportionate(kind)),
                desks.TENDER,
            ),
            _task(challenge, "dates", dates, desks.TENDER),
        ],
        stands=desks.TENDER.stands(challenge),
    )


@brief.get("/challenges/<reference>/tender/preview")
@access(*_SEE, find=inside)
def tender_preview(challenge: Challenge) -> ResponseReturnValue:
    """The tender as firms will see it."""
    return _preview(challenge, RoundKind.TENDER, "brief.tender")


def _preview(challenge: Challenge, kind: RoundKind, back: str) -> str:
    shown = brief_view.live(db_session(), challenge, kind)
    return render_template("challenges/brief_preview.html", challenge=challenge, brief=shown, back=back)


def _criteria_in_order() -> tuple[Requirement, ...]:
    kind = RoundKind.CHALLENGE
    return (requirements.weights_add_up(kind), requirements.form_proportionate(kind))


def _brief_tasks(challenge: Challenge) -> list[Task]:
    written = {key for key, row in sections_of(db_session(), challenge).items() if row.source.strip()}
    must = bool(parts.read(db_session(), challenge, "must_haves")["texts"])
    sections = [
        _line(challenge, f"section.{part.key}", done=part.key in written, optional=not part.required)
        for part in SECTIONS
    ]
    first = _line(challenge, "summary", done=bool(challenge.summary))
    return [first, *sections, _line(challenge, "must_haves", done=must)]


def _line(challenge: Challenge, key: str, *, done: bool, optional: bool = False) -> Task:
    status, tone = ("Done", None) if done else ("Optional", "grey") if optional else ("To do", "blue")
    return Task(parts.PARTS[key].title, _href(challenge, key, desks.BRIEF), status, tone)


def _officer_tasks(challenge: Challenge) -> list[Task]:
    kind = RoundKind.CHALLENGE
    dates = (requirements.questions_close_before_deadline(kind), requirements.deadline_lawful(kind))
    value_known = challenge.contract_kind is not None and challenge.estimated_pence is not None
    assessed = _task(challenge, "", (requirements.conflicts_assessed,), desks.BRIEF)
    conflicts = Task(
        "Conflicts of interest",
        url_for("brief.conflicts", reference=challenge.reference),
        assessed.status,
        assessed.tone,
        assessed.hint,
    )
    return [
        _line(challenge, "value", done=value_known),
        _task(challenge, "route", (requirements.route_chosen,), desks.BRIEF),
        _task(challenge, "lots", (requirements.lots_considered,), desks.BRIEF),
        _task(challenge, "dates", dates, desks.BRIEF),
        conflicts,
    ]


def _task(challenge: Challenge, key: str, needed: tuple[Requirement, ...], desk: desks.Desk) -> Task:
    """A line whose status is what the release itself will ask, so that the two never disagree."""
    at: Situation[Any] = Situation(db_session(), challenge, current_actor(), clock.now())
    verdicts = [(each, each.check(at)) for each in needed]
    details = [text for _, said in verdicts if isinstance(said, list) for text in said]
    title = parts.PARTS[key].title if key else ""
    href = _href(challenge, key, desk) if key else None
    if not details and all(said is not False for _, said in verdicts):
        return Task(title, href, "Done", None)
    hint = "; ".join(details[:3]) + ("; and more" if len(details) > 3 else "")
    return Task(title, href, "To do", "blue", hint or None)


def _href(challenge: Challenge, key: str, desk: desks.Desk) -> str | None:
    may = current_actor().may(desk.who or parts.PARTS[key].who, challenge.scopes())
    if not (may and desk.stands(challenge)):
        return None
    return url_for(desk.endpoint_of(key), reference=challenge.reference)

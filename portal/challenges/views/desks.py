"""The pages on which one part of a brief is written, for the three ways a part can be written.

A desk is one way: the brief while it is being made, an amendment while the challenge is open, a tender round that is
being prepared. The pages are the same; what differs is where the value is read and who may save it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.challenges import amending, parts
from portal.challenges.forms.brief import PartForm, form_for
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.pathway import ChallengeState
from portal.challenges.queries import inside
from portal.challenges.services import amend
from portal.challenges.services import brief as services
from portal.challenges.services.editing import TENDER_PREPARED, WRITTEN
from portal.challenges.views import pieces
from portal.challenges.views.blueprints import brief
from portal.law.releases import needs_tender_round
from portal.policy import Actor, Permission
from portal.web import access, current_actor, db_session


@dataclass(frozen=True)
class Desk:
    """Where a part is written: its address, the page to go back to, and how to read and save."""

    path: str
    endpoint: str
    back: str
    keys: tuple[str, ...]
    kind: RoundKind
    states: frozenset[ChallengeState]
    read: Callable[[Session, Challenge, str], dict[str, Any]]
    save: Callable[[Session, Actor, Challenge, str, dict[str, Any], int | None], None]
    who: Permission | None = None

    def stands(self, challenge: Challenge) -> bool:
        """Whether the challenge stands where this desk is used."""
        if self.kind is RoundKind.TENDER and not (
            challenge.release_kind and needs_tender_round(challenge.release_kind)
        ):
            return False
        return challenge.state in self.states

    def endpoint_of(self, key: str) -> str:
        """The endpoint of one part's page."""
        return f"brief.{self.endpoint}{key.replace('.', '_')}"


BRIEF = Desk(
    "brief", "", "brief.tasks", tuple(parts.PARTS), RoundKind.CHALLENGE, WRITTEN, parts.read, services.save_part
)
AMENDMENT = Desk(
    "amend",
    "amend_",
    "brief.amend",
    tuple(key for key in parts.PARTS if key in parts.AMENDABLE),
    RoundKind.CHALLENGE,
    frozenset({ChallengeState.OPEN}),
    amending.proposed_value,
    amend.propose,
    Permission.CHALLENGE_PROCURE,
)
TENDER = Desk(
    "tender",
    "tender_",
    "brief.tender",
    tuple(key for key in parts.PARTS if key in parts.OF_A_TENDER),
    RoundKind.TENDER,
    TENDER_PREPARED,
    partial(parts.read, kind=RoundKind.TENDER),
    partial(services.save_part, kind=RoundKind.TENDER),
)


def write_part(challenge: Challenge, desk: Desk, part: parts.Part) -> ResponseReturnValue:
    """Show a part and save what is written; where it cannot be written now, lead back to the page that says why."""
    back = url_for(desk.back, reference=challenge.reference)
    if request.method == "GET" and not desk.stands(challenge):
        return redirect(back)
    value = desk.read(db_session(), challenge, part.key)
    form = _form(challenge, desk, part.key, value)
    row = pieces.rows_changed(form)
    if row or not form.validate_on_submit():
        status = 422 if form.is_submitted() and (form.errors or not row) else 200
        return _page(challenge, desk, part, form, back), status
    if pieces.is_disproportionate(db_session(), challenge, part.key, form):
        return _page(challenge, desk, part, form, back), 422
    desk.save(db_session(), current_actor(), challenge, part.key, form.value(), form.version.number)
    flash(f"Saved: {part.title}.", "success")
    return redirect(back)


def _form(challenge: Challenge, desk: Desk, key: str, value: dict[str, Any]) -> PartForm:
    kind = form_for(key)
    shown = kind.shown(pieces.suggested(db_session(), challenge, key, value))
    form = kind(data=shown | {"version": parts.version_of(value)})
    pieces.prepare(db_session(), challenge, desk.kind, key, form)
    return form


def _page(challenge: Challenge, desk: Desk, part: parts.Part, form: PartForm, back: str) -> str:
    return render_template(
        form.template,
        challenge=challenge,
        form=form,
        part=part,
        desk=desk,
        back=back,
        **pieces.beside(db_session(), challenge, desk.kind, part.key),
    )


def _put_on_desk(desk: Desk, part: parts.Part) -> None:
    """One page with its own address and access; the view is made here because each part has another permission."""

    @access(desk.who or part.who, find=inside)
    def view(challenge: Challenge) -> ResponseReturnValue:
        return write_part(challenge, desk, part)

    brief.add_url_rule(
        f"/challenges/<reference>/{desk.path}/{part.slug.replace('.', '/')}",
        endpoint=desk.endpoint_of(part.key).removeprefix("brief."),
        view_func=view,
        methods=["GET", "POST"],
    )


for _desk in (BRIEF, AMENDMENT, TENDER):
    for _key in _desk.keys:
        _put_on_desk(_desk, parts.PARTS[_key])

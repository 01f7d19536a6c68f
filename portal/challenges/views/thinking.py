"""The design thinking page, and the pages that add, change and remove what is on it."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges import thinking
from portal.challenges.forms.design import BodyForm, ConfirmForm, NeedForm, QuestionForm, SessionForm, SponsorForm
from portal.challenges.forms.fields import choices
from portal.challenges.models import Challenge, Part
from portal.challenges.organisations import bodies_of, bodies_that_could_join
from portal.challenges.queries import inside
from portal.challenges.requirements import engagement_held, question_chosen, sponsor_named, user_need_with_evidence
from portal.challenges.services import bodies as bodies_services
from portal.challenges.services import design as services
from portal.challenges.services.editing import EXPLORED
from portal.challenges.views.blueprints import design
from portal.db import clock
from portal.machine import Situation
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import access, current_actor, db_session

_SEE = (Permission.CHALLENGE_SEE, Permission.SUPPORT_GIVE)
_FORMS: dict[str, type[SessionForm] | type[NeedForm] | type[QuestionForm]] = {
    "session": SessionForm,
    "need": NeedForm,
    "question": QuestionForm,
}
_WORDS = {"session": "session", "need": "user need", "question": "question"}
_ANCHORS = {"session": "sessions", "need": "needs", "question": "questions"}
_REQUIRED = (engagement_held, user_need_with_evidence, question_chosen, sponsor_named)


def may_explore(challenge: Challenge) -> bool:
    """Whether this person may change what is on the page, as it stands now."""
    return challenge.state in EXPLORED and current_actor().may(Permission.CHALLENGE_SHAPE, challenge.scopes())


@design.get("/challenges/<reference>/design")
@access(*_SEE, find=inside)
def page(challenge: Challenge) -> ResponseReturnValue:
    """Everything gathered, and what is still missing before a brief can be written."""
    at: Situation[Any] = Situation(db_session(), challenge, current_actor(), clock.now())
    return render_template(
        "challenges/design.html",
        challenge=challenge,
        learnt=thinking.learnt(db_session(), challenge),
        bodies=bodies_of(db_session(), challenge),
        checks=[(each.sentence, each.check(at) is True, each.link.partition("#")[2]) for each in _REQUIRED],
        may_edit=may_explore(challenge),
    )


@design.route("/challenges/<reference>/design/<any(session, need, question):kind>/new", methods=["GET", "POST"])
@access(Permission.CHALLENGE_SHAPE, find=inside)
def add(challenge: Challenge, kind: str) -> ResponseReturnValue:
    """Add a session, a need or a question."""
    form = _FORMS[kind]()
    if not form.validate_on_submit():
        return _entry_page(challenge, kind, form, f"Add a {_WORDS[kind]}")
    services.add(db_session(), current_actor(), challenge, kind, **_fields(form))
    flash(f"The {_WORDS[kind]} has been added.", "success")
    return _back(challenge, kind)


@design.route("/challenges/<reference>/design/<any(session, need, question):kind>/<int:key>", methods=["GET", "POST"])
@access(Permission.CHALLENGE_SHAPE, find=inside)
def edit(challenge: Challenge, kind: str, key: int) -> ResponseReturnValue:
    """Change one of them."""
    entry = _entry(challenge, kind, key)
    form = _FORMS[kind](obj=entry)
    if not form.validate_on_submit():
        return _entry_page(challenge, kind, form, f"Change this {_WORDS[kind]}", entry)
    services.change(db_session(), current_actor(), challenge, entry, form.version.number, **_fields(form))
    flash(f"The {_WORDS[kind]} has been changed.", "success")
    return _back(challenge, kind)


@design.route(
    "/challenges/<reference>/design/<any(session, need, question):kind>/<int:key>/remove", methods=["GET", "POST"]
)
@access(Permission.CHALLENGE_SHAPE, find=inside)
def remove(challenge: Challenge, kind: str, key: int) -> ResponseReturnValue:
    """Remove one of them, once somebody has said so twice."""
    entry = _entry(challenge, kind, key)
    form = ConfirmForm(obj=entry)
    if not form.validate_on_submit():
        title = f"Remove this {_WORDS[kind]}?"
        shown = entry.learnt if kind == "session" else entry.need if kind == "need" else entry.text
        back = url_for("design.page", reference=challenge.reference, _anchor=_ANCHORS[kind])
        page = "challenges/design_remove.html"
        return render_template(page, challenge=challenge, form=form, title=title, shown=shown, back=back), _status(form)
    services.remove(db_session(), current_actor(), challenge, entry, form.version.number)
    flash(f"The {_WORDS[kind]} has been removed.", "success")
    return _back(challenge, kind)


@design.post("/challenges/<reference>/design/question/<int:key>/choose")
@access(Permission.CHALLENGE_SHAPE, find=inside)
def choose(challenge: Challenge, key: int) -> ResponseReturnValue:
    """Choose the question that the challenge asks."""
    question, form = _entry(challenge, "question", key), ConfirmForm()
    services.choose(db_session(), current_actor(), challenge, question, form.version.number)
    flash("The question has been chosen.", "success")
    return _back(challenge, "question")


@design.route("/challenges/<reference>/design/sponsor", methods=["GET", "POST"])
@access(Permission.CHALLENGE_SHAPE, find=inside)
def sponsor(challenge: Challenge) -> ResponseReturnValue:
    """Name the sponsor."""
    known = {
        "name": challenge.sponsor_name,
        "title": challenge.sponsor_title,
        "email": challenge.sponsor_email,
        "version": challenge.version,
    }
    form = SponsorForm(data=known)
    if not form.validate_on_submit():
        return render_template("challenges/design_sponsor.html", challenge=challenge, form=form), _status(form)
    said = (str(form.name.data), str(form.title.data))
    email = (form.email.data or "").strip()
    services.name_sponsor(db_session(), current_actor(), challenge, *said, form.version.number, email)
    flash("The sponsor has been named.", "success")
    return redirect(url_for("design.page", reference=challenge.reference, _anchor="sponsor"))


@design.route("/challenges/<reference>/bodies", methods=["GET", "POST"])
@access(Permission.CHALLENGE_SHAPE, find=inside)
def bodies(challenge: Challenge) -> ResponseReturnValue:
    """Which other bodies take part."""
    could = bodies_that_could_join(db_session(), challenge)
    form = BodyForm()
    form.body.choices = choices([(0, "Choose a body"), *((body.id, body.name) for body in could)])
    chosen = next((body for body in could if body.id == form.body.data), None)
    if not form.validate_on_submit() or not _fits(form, chosen):
        known = bodies_of(db_session(), challenge)
        page = "challenges/design_bodies.html"
        context = {"challenge": challenge, "form": form, "bodies": known, "may_edit": may_explore(challenge)}
        return render_template(page, **context), _status(form)
    assert chosen is not None
    bodies_services.add(db_session(), current_actor(), challenge, chosen, Part(form.part.data))
    flash(f"{chosen.name} takes part.", "success")
    return redirect(url_for("design.bodies", reference=challenge.reference))


@design.post("/challenges/<reference>/bodies/<int:body_id>/<any(joint, support):part>/remove")
@access(Permission.CHALLENGE_SHAPE, find=inside)
def remove_body(challenge: Challenge, body_id: int, part: str) -> ResponseReturnValue:
    """Take a body out again."""
    bodies_services.remove(db_session(), current_actor(), challenge, body_id, Part(part))
    flash("The body no longer takes part.", "success")
    return redirect(url_for("design.bodies", reference=challenge.reference))


def _fits(form: BodyForm, body: Organisation | None) -> bool:
    """Whether the body chosen is of the kind that its part needs; says so beside the field where not."""
    if body is None:
        problem = "Choose a body"
    elif form.part.data == Part.JOINT.value and not body.is_authority:
        problem = f"{body.name} is no authority, so it cannot share the challenge"
    elif form.part.data == Part.SUPPORT.value and not body.is_partner:
        problem = f"{body.name} gives no business support"
    else:
        return True
    form.body.errors = [*form.body.errors, problem]
    return False


def _fields(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name not in {"version", "csrf_token"}}


def _entry(challenge: Challenge, kind: str, key: int) -> Any:
    found = thinking.entry(db_session(), challenge, kind, key)
    return found if found is not None else abort(404)


def _entry_page(challenge: Challenge, kind: str, form: Any, title: str, entry: Any = None) -> ResponseReturnValue:
    context = {"challenge": challenge, "form": form, "title": title, "kind": kind, "entry": entry}
    return render_template("challenges/design_entry.html", **context), _status(form)


def _status(form: Any) -> int:
    return 422 if form.is_submitted() else 200


def _back(challenge: Challenge, kind: str) -> ResponseReturnValue:
    return redirect(url_for("design.page", reference=challenge.reference, _anchor=_ANCHORS[kind]))

"""Beginning a challenge: a new one, or one made from others."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges.forms.fields import choices
from portal.challenges.forms.starting import MergeForm, SplitForm, StartForm, TitleForm
from portal.challenges.models import Challenge
from portal.challenges.organisations import authorities_to_start_in, owners_within
from portal.challenges.pathway import ENDS, Pathway
from portal.challenges.queries import inside, visible_inside
from portal.challenges.services import lineage as services
from portal.challenges.services.starting import NewChallenge, start
from portal.challenges.views.blueprints import starting
from portal.organisations.models import Organisation
from portal.policy import Permission, Scope, ScopeKind
from portal.web import access, current_actor, db_session


@dataclass(frozen=True, slots=True)
class Place:
    """A body, or one of its directorates, that can have a problem."""

    body: Organisation
    directorate_id: int | None


@starting.route("/challenges/new", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START)
def new() -> ResponseReturnValue:
    """Begin a challenge."""
    bodies = authorities_to_start_in(db_session(), current_actor())
    places = _places(bodies)
    owners = owners_within(db_session(), bodies)
    form = StartForm(data={"owner": current_actor().person_id})
    form.place.choices = choices([("", "Choose one"), *((key, text) for key, (text, _) in places.items())])
    form.owner.choices = choices([(0, "To be named"), *{person.id: person.name for person, _ in owners}.items()])
    chosen = places.get(str(form.place.data))
    if not form.validate_on_submit() or not _belongs(form, chosen[1] if chosen else None, owners):
        status = 422 if form.is_submitted() else 200
        return render_template("challenges/new.html", form=form, several=len(bodies) > 1), status
    assert chosen is not None
    place = chosen[1]
    wanted = NewChallenge(
        Pathway(form.pathway.data),
        str(form.title.data),
        form.theme.data or "",
        place.directorate_id,
        form.owner.data or None,
    )
    challenge = start(db_session(), current_actor(), place.body, wanted)
    flash(f"{challenge.title} has begun. Its reference is {challenge.reference}.", "success")
    page = "design.page" if challenge.pathway is Pathway.SHOWCASE else "pathways.progress"
    return redirect(url_for(page, reference=challenge.reference))


@starting.get("/challenges/<reference>/again")
@access(Permission.CHALLENGE_START, find=inside)
def again(challenge: Challenge) -> ResponseReturnValue:
    """What this came from and what came of it, and the ways to make another of it."""
    return _again(challenge)


@starting.post("/challenges/<reference>/copy")
@access(Permission.CHALLENGE_START, find=inside)
def copy(challenge: Challenge) -> ResponseReturnValue:
    """Copy it, or run it again after its end."""
    form = TitleForm(prefix="copy")
    if not form.validate_on_submit():
        return _again(challenge, copying=form)
    made = services.copy(db_session(), current_actor(), challenge, str(form.title.data))
    return _begun(made)


@starting.post("/challenges/<reference>/split")
@access(Permission.CHALLENGE_START, find=inside)
def split(challenge: Challenge) -> ResponseReturnValue:
    """Make two or three of it."""
    form = SplitForm()
    if not form.validate_on_submit():
        return _again(challenge, splitting=form)
    titles = [str(title) for title in (form.first.data, form.second.data, form.third.data) if title]
    made = services.split(db_session(), current_actor(), challenge, titles)
    flash("New challenges: " + ", ".join(each.reference for each in made), "success")
    return redirect(url_for("starting.again", reference=challenge.reference))


@starting.post("/challenges/<reference>/merge")
@access(Permission.CHALLENGE_START, find=inside)
def merge(challenge: Challenge) -> ResponseReturnValue:
    """Make one of it and others."""
    form, could = _merge_form(challenge)
    if not form.validate_on_submit():
        return _again(challenge, merging=form)
    others = [each for each in could if each.id in set(form.others.data or ())]
    made = services.merge(db_session(), current_actor(), challenge, others, str(form.title.data))
    return _begun(made)


def _again(
    challenge: Challenge,
    copying: TitleForm | None = None,
    splitting: SplitForm | None = None,
    merging: MergeForm | None = None,
) -> ResponseReturnValue:
    wrong = copying or splitting or merging
    merge_form, could = (merging, True) if merging else _merge_form(challenge)
    return render_template(
        "challenges/again.html",
        challenge=challenge,
        links=services.links_of(db_session(), challenge),
        may=services.may_be_copied(challenge),
        ended=challenge.state in ENDS,
        form=wrong,
        copying=copying or TitleForm(formdata=None, data={"title": challenge.title}, prefix="copy"),
        splitting=splitting or SplitForm(formdata=None),
        merging=merge_form,
        could_merge=bool(could),
    ), 422 if wrong else 200


def _merge_form(challenge: Challenge) -> tuple[MergeForm, list[Challenge]]:
    """The form with the lead's other challenges that have not been released, or have ended."""
    rows = select(Challenge).where(
        visible_inside(current_actor()),
        Challenge.lead_id == challenge.lead_id,
        Challenge.pathway == challenge.pathway,
        Challenge.id != challenge.id,
        Challenge.released_at.is_(None),
        Challenge.state.not_in(ENDS),
    )
    could = list(db_session().scalars(rows.order_by(Challenge.reference).limit(50)))
    merging = request.endpoint == "starting.merge"
    form = MergeForm(prefix="merge") if merging else MergeForm(formdata=None, prefix="merge")
    form.others.choices = choices((each.id, f"{each.reference}: {each.title}") for each in could)
    return form, could


def _begun(challenge: Challenge) -> ResponseReturnValue:
    flash(f"{challenge.title} has begun. Its reference is {challenge.reference}.", "success")
    return redirect(url_for("design.page", reference=challenge.reference))


def _places(bodies: list[Organisation]) -> dict[str, tuple[str, Place]]:
    places = {}
    for body in bodies:
        places[f"o{body.id}"] = (f"{body.name}, the whole of it", Place(body, None))
        for part in body.directorates:
            places[f"d{part.id}"] = (f"{body.name}: {part.name}", Place(body, part.id))
    return places


def _belongs(form: StartForm, place: Place | None, owners: list[tuple[Person, int]]) -> bool:
    """Whether the owner works where the problem is; says so beside the field where not."""
    if place is None:
        form.place.errors = ["Say who has the problem"]
        return False
    scope = {Scope(ScopeKind.AUTHORITY, place.body.id)}
    if not current_actor().may(Permission.CHALLENGE_START, scope):
        form.place.errors = ["You cannot begin a challenge there"]
        return False
    known = {(person.id, body) for person, body in owners}
    if form.owner.data and (form.owner.data, place.body.id) not in known:
        form.owner.errors = ["Choose an owner who works there, or name one later"]
        return False
    return True

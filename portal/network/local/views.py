"""The pages of what is local: an authority's circles, drawing one, and trying a postcode."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.law import companies
from portal.machine import NotNow
from portal.network.local import queries, services
from portal.network.local.forms import CircleForm, LettersForm, RadiusForm
from portal.network.local.models import DRAWN, CirclePart, PartKind, Ring
from portal.network.local.placing import island_of
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.places import Place, UnknownPostcode, attributions, place_of
from portal.places.queries import areas_called, districts_of_wards, names_of
from portal.policy import Permission
from portal.text import tidy
from portal.web import access, current_actor, db_session
from portal.web.forms import PortalForm

blueprint = Blueprint("local", __name__)

_SEE = (Permission.CHALLENGE_SEE, Permission.NETWORK_SEE)


@blueprint.get("/organisations/<reference>/local")
@access(*_SEE, find=authority_seen)
def page(organisation: Organisation) -> ResponseReturnValue:
    """The circles, and where a postcode lies among them."""
    session = db_session()
    circles = queries.circles_of(session, organisation.id)
    typed = tidy(request.args.get("postcode", ""))[:20]
    place, problem = _tried(typed)
    island = island_of(companies.postcode(typed)) if isinstance(problem, UnknownPostcode) else None
    if island:
        typed = companies.postcode(typed)
    return render_template(
        "network/local/page.html",
        organisation=organisation,
        circles=circles,
        by_ring={each.ring: each for each in circles.drawn},
        words=queries.words_of(session, circles.drawn),
        rings=DRAWN,
        typed=typed,
        place=place,
        problem=None if island else problem,
        found=queries.circle_of(session, organisation.id, place.postcode) if place else None,
        island=island,
        attributions=attributions(session),
        may_draw=current_actor().may(Permission.AUTHORITY_MANAGE, organisation.scopes()),
    )


def _tried(typed: str) -> tuple[Place | None, ValueError | None]:
    if not typed:
        return None, None
    try:
        return place_of(db_session(), typed), None
    except ValueError as problem:
        return None, problem


@blueprint.route("/organisations/<reference>/local/<ring>", methods=["GET", "POST"])
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def circle(organisation: Organisation, ring: str) -> ResponseReturnValue:
    """Draw one circle; sending the form changes its name and reason."""
    which = _ring(ring)
    found = queries.circle(db_session(), organisation, which)
    form = CircleForm(obj=found)
    if not form.is_submitted():
        return _page(organisation, which, form=form)
    if not form.validate():
        return _page(organisation, which, form=form), 422
    said = {"name": form.name.data or "", "reason": form.reason.data or ""}
    services.describe(db_session(), current_actor(), organisation, which, form.version.number, **said)
    return _done(organisation, which, "Saved.")


@blueprint.post("/organisations/<reference>/local/<ring>/areas")
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def add_area(organisation: Organisation, ring: str) -> ResponseReturnValue:
    """Let the circle hold an official area, by its code."""
    which, code = _ring(ring), request.form.get("code", "")[:9]
    area = names_of(db_session(), [code] if code.isascii() and code.isalnum() else []).get(code)
    kinds = {kind.value: kind for kind in PartKind if kind.is_area}
    if area is None or area.kind.value not in kinds:
        raise NotNow("This area is not known. Look for it by its name again.")
    return _added(organisation, which, services.area(kinds[area.kind.value], area.code), area.name)


@blueprint.post("/organisations/<reference>/local/<ring>/letters")
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def add_letters(organisation: Organisation, ring: str) -> ResponseReturnValue:
    """Let the circle hold the postcodes that begin so."""
    which, form = _ring(ring), LettersForm()
    if not form.validate_on_submit():
        return _page(organisation, which, letters=form), 422
    code = form.letters.data or ""
    return _added(organisation, which, CirclePart(kind=PartKind.POSTCODE_AREA, code=code), code)


@blueprint.post("/organisations/<reference>/local/<ring>/radius")
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def add_radius(organisation: Organisation, ring: str) -> ResponseReturnValue:
    """Let the circle hold all within some kilometres of a postcode."""
    which, form = _ring(ring), RadiusForm()
    if not form.validate_on_submit():
        return _page(organisation, which, radius=form), 422
    try:
        postcode = place_of(db_session(), form.postcode.data or "").postcode
    except UnknownPostcode as problem:
        form.postcode.errors = [str(problem)]
        return _page(organisation, which, radius=form), 422
    part = services.radius(postcode, 1_000 * (form.kilometres.data or 0))
    return _added(organisation, which, part, f"{form.kilometres.data} km around {postcode}")


@blueprint.post("/organisations/<reference>/local/<ring>/parts/<int:key>/remove")
@access(Permission.AUTHORITY_MANAGE, find=authority_seen)
def remove_part(organisation: Organisation, ring: str, key: int) -> ResponseReturnValue:
    """Take something out of the circle."""
    which = _ring(ring)
    services.remove_part(db_session(), current_actor(), organisation, which, key)
    return _done(organisation, which, "Taken out.")


def _ring(text: str) -> Ring:
    """The circle of an address; only those that an authority draws are found."""
    found = next((ring for ring in DRAWN if ring.value == text), None)
    if found is None:
        abort(404)
    return found


def _added(organisation: Organisation, ring: Ring, part: CirclePart, words: str) -> ResponseReturnValue:
    services.add_part(db_session(), current_actor(), organisation, ring, part)
    return _done(organisation, ring, f"{words} is in the circle now.")


def _done(organisation: Organisation, ring: Ring, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("local.circle", reference=organisation.reference, ring=ring.value))


def _page(organisation: Organisation, ring: Ring, **forms: PortalForm) -> str:
    session = db_session()
    found = queries.circle(session, organisation, ring)
    words = tidy(request.args.get("q", ""))[:100]
    shown: dict[str, Any] = {
        "form": forms.get("form") or CircleForm(formdata=None, obj=found),
        "letters": forms.get("letters") or LettersForm(formdata=None),
        "radius": forms.get("radius") or RadiusForm(formdata=None),
    }
    kinds = {kind.value for kind in PartKind}
    areas = [area for area in areas_called(session, words) if area.kind.value in kinds]
    return render_template(
        "network/local/circle.html",
        organisation=organisation,
        ring=ring,
        circle=found,
        words=queries.words_of(session, [found]) if found else {},
        asked=words,
        areas=areas,
        districts=districts_of_wards(session, [area.code for area in areas]),
        mistaken=next((each for each in forms.values() if each.errors), None),
        **shown,
    )

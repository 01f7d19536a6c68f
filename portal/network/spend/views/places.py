"""Where those are who were paid: the largest that nobody can place first, and what was said of others."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.network.local import Circles, Ring, circle_of, circles_of
from portal.network.spend import placing, queries, unplaced
from portal.network.spend.forms import ABROAD, AT_POSTCODE, OUTSIDE, PlaceForm
from portal.network.spend.models import Payee, PayeePlace
from portal.network.spend.ranking import whole_pounds
from portal.network.spend.views.blueprint import AUTHORITY, SEES, WRITES, blueprint
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import access, current_actor, db_session, page_number


@blueprint.get("/organisations/<reference>/spend/places")
@access(*SEES, find=AUTHORITY)
def places(authority: Organisation) -> ResponseReturnValue:
    """Those of which nobody knows where they are, the most money first."""
    session, actor = db_session(), current_actor()
    circles = circles_of(session, authority.id)
    return render_template(
        "network/spend/places.html",
        authority=authority,
        circles=circles,
        page=unplaced.unplaced(session, authority, circles, number=page_number()),
        said=unplaced.places_said(session, authority, number=1),
        doubtful=queries.doubtful(session, authority, number=1),
        may_write=actor.may(WRITES, authority.scopes()),
        may_draw=actor.may(Permission.AUTHORITY_MANAGE, authority.scopes()),
        whole_pounds=whole_pounds,
    )


@blueprint.get("/organisations/<reference>/spend/places/said")
@access(*SEES, find=AUTHORITY)
def places_said(authority: Organisation) -> ResponseReturnValue:
    """What people of the authority said, with how they know."""
    session = db_session()
    circles = circles_of(session, authority.id)
    return render_template(
        "network/spend/places_said.html",
        authority=authority,
        outside=_sentence(circles),
        mark=circles.mark,
        page=unplaced.places_said(session, authority, number=page_number()),
        may_write=current_actor().may(WRITES, authority.scopes()),
    )


@blueprint.route("/organisations/<reference>/spend/places/<int:key>", methods=["GET", "POST"])
@access(WRITES, find=AUTHORITY)
def place(authority: Organisation, key: int) -> ResponseReturnValue:
    """Say where one of them is, or something else than before."""
    session, payee = db_session(), _payee(authority, key)
    circles = circles_of(session, authority.id)
    before = unplaced.place_said(session, payee)
    form = PlaceForm(data=_begun(before))
    if not form.validate_on_submit() or not _lies_somewhere(authority, circles, form):
        return _form(authority, payee, circles, form, before)
    placing.say_place(session, current_actor(), payee, circles, form.said, version=form.version.number)
    flash(f"Kept: {payee.name} is {_words(authority, circles, form.said)}.", "success")
    return redirect(url_for("spend.places", reference=authority.reference))


@blueprint.post("/organisations/<reference>/spend/places/<int:key>/take-back")
@access(WRITES, find=AUTHORITY)
def take_place_back(authority: Organisation, key: int) -> ResponseReturnValue:
    """Nobody says any more where one of them is."""
    payee = _payee(authority, key)
    placing.take_place_back(db_session(), current_actor(), payee, version=PlaceForm().version.number)
    flash(f"Taken back: where {payee.name} is.", "success")
    return redirect(url_for("spend.places_said", reference=authority.reference))


def _payee(authority: Organisation, key: int) -> Payee:
    found = queries.payee_of(db_session(), authority, key)
    if found is None:
        raise NotFound
    return found


def _begun(before: PayeePlace | None) -> dict[str, object]:
    if before is None:
        return {}
    where = AT_POSTCODE if before.postcode else ABROAD if before.abroad else OUTSIDE
    kept = {"postcode": before.postcode or "", "known_by": before.known_by.value, "note": before.note}
    return {"where": where, "version": before.version, **kept}


def _lies_somewhere(authority: Organisation, circles: Circles, form: PlaceForm) -> bool:
    """Whether what was typed settles the circle; says beside the field that it does not."""
    postcode = form.said.postcode
    if postcode is None or not circles.drawn or circle_of(db_session(), authority.id, postcode).basis is not None:
        return True
    form.postcode.errors = [
        f"The portal cannot tell in which circle {postcode} lies. Check it for a mistake in typing; if it is right and "
        "you know that it lies outside the area, or outside the United Kingdom, choose that instead."
    ]
    return False


def _words(authority: Organisation, circles: Circles, said: placing.Said) -> str:
    if said.abroad:
        return "outside the United Kingdom"
    if said.postcode is None:
        return _outside(circles)
    found = circle_of(db_session(), authority.id, said.postcode)
    if found.abroad:
        return f"at {said.postcode}, outside the United Kingdom"
    return f"at {said.postcode}, {_within(circles, found.ring)}"


def _within(circles: Circles, ring: Ring | None) -> str:
    return _outside(circles) if ring in {None, Ring.UK} else f"within {circles.called(ring)}"


def _outside(circles: Circles) -> str:
    """Outside of all circles, in words."""
    outer = circles.called(circles.drawn[-1].ring) if circles.drawn else "the area"
    return f"outside {outer}, elsewhere in the United Kingdom"


def _sentence(circles: Circles) -> str:
    words = _outside(circles)
    return words[:1].upper() + words[1:]


def _form(
    authority: Organisation, payee: Payee, circles: Circles, form: PlaceForm, before: PayeePlace | None
) -> ResponseReturnValue:
    session = db_session()
    form.where.choices = [
        SelectChoice(AT_POSTCODE, "At a postcode"),
        SelectChoice(OUTSIDE, _sentence(circles)),
        SelectChoice(ABROAD, "Outside the United Kingdom"),
    ]
    shown = render_template(
        "network/spend/place.html",
        authority=authority,
        payee=payee,
        circles=circles,
        form=form,
        before=before,
        paid=whole_pounds(unplaced.paid_to(session, payee)),
        categories=unplaced.categories_of(session, payee),
    )
    return shown, 422 if request.method == "POST" else 200

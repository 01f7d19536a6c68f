"""Registering a supplier in small steps, checked before it is sent. What was said so far waits in the cookie."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.organisations import queries, services
from portal.organisations.forms import KindForm, PlaceForm, PressForm, WayInForm
from portal.organisations.models import SupplierKind
from portal.organisations.views.blueprint import blueprint
from portal.web import SIGNED_IN, access, current_actor, db_session

_DRAFT = "organisation_draft"


def _draft() -> dict[str, Any]:
    return dict(session.get(_DRAFT) or {})


def _keep(**said: Any) -> None:
    session[_DRAFT] = _draft() | said


@blueprint.route("/register/organisation", methods=["GET", "POST"])
@access(SIGNED_IN)
def begin() -> ResponseReturnValue:
    """Found an organisation, or look for the one to join."""
    provisional = queries.provisional_of(db_session(), current_actor())
    if provisional is not None:
        return redirect(url_for("organisations.details", reference=provisional.reference))
    form = WayInForm()
    if not form.is_submitted():
        return render_template("organisations/begin.html", form=form)
    if not form.validate():
        return render_template("organisations/begin.html", form=form), 422
    return redirect(url_for("organisations.join" if form.way.data == "join" else "organisations.kind"))


@blueprint.route("/register/organisation/new", methods=["GET", "POST"])
@access(SIGNED_IN)
def kind() -> ResponseReturnValue:
    """What it is called and what kind it is."""
    form = KindForm(data=_draft())
    if not form.is_submitted():
        return render_template("organisations/kind.html", form=form)
    if not form.validate():
        return render_template("organisations/kind.html", form=form), 422
    _keep(name=form.name.data, supplier_kind=form.supplier_kind.data)
    return redirect(url_for("organisations.place"))


@blueprint.route("/register/organisation/place", methods=["GET", "POST"])
@access(SIGNED_IN)
def place() -> ResponseReturnValue:
    """Where it is and how large; a sole trader is not asked for a company number."""
    if "name" not in _draft():
        return redirect(url_for("organisations.kind"))
    form = PlaceForm(data=_draft())
    if _draft()["supplier_kind"] == SupplierKind.SOLE_TRADER.value:
        del form.company_number
    if not form.is_submitted():
        return render_template("organisations/place.html", form=form)
    valid = form.validate()
    number = form.data.get("company_number")
    taken = queries.supplier_numbered(db_session(), number) if valid and number else None
    if taken is not None:
        form.company_number.errors = [f"{taken.name} is registered with this number already. Ask to join it instead."]
    if not valid or taken is not None:
        return render_template("organisations/place.html", form=form, taken=taken), 422
    _keep(company_number=number or None, headcount=form.headcount.data, postcode=form.postcode.data)
    return redirect(url_for("organisations.check"))


@blueprint.get("/register/organisation/check")
@access(SIGNED_IN)
def check() -> ResponseReturnValue:
    """Everything said, before it is sent."""
    draft = _draft()
    if "postcode" not in draft:
        return redirect(url_for("organisations.kind"))
    kind = SupplierKind(draft["supplier_kind"])
    return render_template("organisations/check.html", draft=draft, kind=kind, form=PressForm(formdata=None))


@blueprint.post("/register/organisation/check")
@access(SIGNED_IN)
def found() -> ResponseReturnValue:
    """Register it."""
    draft = _draft()
    if "postcode" not in draft:
        return redirect(url_for("organisations.mine"))
    described = draft | {"supplier_kind": SupplierKind(draft["supplier_kind"])}
    services.found_supplier(db_session(), current_actor(), **described)
    session.pop(_DRAFT)
    flash(f"{draft['name']} is registered. You look after it here.", "success")
    return redirect(url_for("home.home"))

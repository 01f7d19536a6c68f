"""A challenge's times on offer, for its team: offered, moved, called off; and the rooms that can be offered."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.machine import NotNow
from portal.policy import Permission
from portal.support import queries, services
from portal.support.forms import CallOffForm, MoveForm, OfferForm, ResourceForm
from portal.support.models import ResourceKind, Slot
from portal.support.views.base import blueprint
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.paging import page_of

_EVERY_FIRM = 0
_PERSON, _RESOURCE = "person-", "resource-"


@blueprint.get("/challenges/<reference>/support/times")
@access(Permission.SUPPORT_RUN, Permission.CHALLENGE_PROCURE, find=inside)
def times(challenge: Challenge) -> ResponseReturnValue:
    """What is on offer, free and booked."""
    return _times_page(challenge)


def _times_page(
    challenge: Challenge, offer_form: OfferForm | None = None, resource_form: ResourceForm | None = None
) -> str:
    session, actor = db_session(), current_actor()
    page: Page[Slot] = page_of(session, queries.slots_of(challenge), number=page_number())
    firms = {plan.id: plan.response.organisation.name for plan in queries.plans_of(session, challenge)}
    running = challenge.state in {"support", "showcase"}
    return render_template(
        "support/times.html",
        challenge=challenge,
        page=page,
        booked=queries.bookings_of(session, page.items),
        firms=firms,
        resources=queries.resources_of(session, challenge),
        own_bodies=services.may_add_for(actor, challenge),
        offers=running and actor.may(Permission.SUPPORT_RUN, challenge.scopes()),
        offer_form=offer_form or _offer_form(challenge, fresh=True),
        resource_form=resource_form or _resource_form(challenge, fresh=True),
        form=offer_form or resource_form,
    )


def _offer_form(challenge: Challenge, *, fresh: bool) -> OfferForm:
    session = db_session()
    form = OfferForm(prefix="offer", formdata=None, minutes=60) if fresh else OfferForm(prefix="offer")
    form.whose.choices = [
        *(SelectChoice(f"{_PERSON}{each.id}", each.name) for each in queries.people_with_time(session, challenge)),
        *(SelectChoice(f"{_RESOURCE}{each.id}", each.name) for each in queries.resources_of(session, challenge)),
    ]
    form.plan.choices = [
        SelectChoice(_EVERY_FIRM, "Every firm"),
        *(
            SelectChoice(plan.id, f"{plan.response.organisation.name} alone")
            for plan in queries.plans_of(session, challenge)
            if plan.state != "out"
        ),
    ]
    return form


def _resource_form(challenge: Challenge, *, fresh: bool) -> ResourceForm:
    form = ResourceForm(prefix="resource", formdata=None) if fresh else ResourceForm(prefix="resource")
    bodies = queries.organisations_named(db_session(), services.may_add_for(current_actor(), challenge))
    form.body.choices = [SelectChoice(each.id, each.name) for each in bodies]
    return form


@blueprint.post("/challenges/<reference>/support/times")
@access(Permission.SUPPORT_RUN, find=inside)
def offer(challenge: Challenge) -> ResponseReturnValue:
    """Put times on offer."""
    form = _offer_form(challenge, fresh=False)
    if not form.validate_on_submit():
        return _times_page(challenge, offer_form=form), 422
    try:
        slots = services.offer(db_session(), current_actor(), challenge, _given(form))
    except NotNow as refused:
        form.starts_at.errors = [str(refused)]
        return _times_page(challenge, offer_form=form), 422
    flash(
        f"{len(slots)} {'time is' if len(slots) == 1 else 'times are'} on offer. The firms are being told.", "success"
    )
    return redirect(url_for("support.times", reference=challenge.reference))


def _given(form: OfferForm) -> services.TimeOffer:
    kind, _, number = str(form.whose.data).rpartition("-")
    return services.TimeOffer(
        person_id=int(number) if f"{kind}-" == _PERSON else None,
        resource_id=int(number) if f"{kind}-" == _RESOURCE else None,
        starts_at=form.starts_at.data,
        minutes=form.minutes.data,
        count=form.count.data,
        place=form.place.data or "",
        link=form.link.data or "",
        plan_id=form.plan.data or None,
    )


@blueprint.post("/challenges/<reference>/support/resources")
@access(Permission.SUPPORT_RUN, find=inside)
def add_resource(challenge: Challenge) -> ResponseReturnValue:
    """List a room or a piece of equipment, so that its time can be offered."""
    form = _resource_form(challenge, fresh=False)
    if not form.validate_on_submit():
        return _times_page(challenge, resource_form=form), 422
    services.add_resource(
        db_session(),
        current_actor(),
        challenge,
        body_id=form.body.data,
        kind=ResourceKind(form.kind.data),
        name=form.name.data or "",
        place=form.place.data or "",
    )
    flash("Listed. Its time can be offered now.", "success")
    return redirect(url_for("support.times", reference=challenge.reference))


@blueprint.post("/challenges/<reference>/support/resources/<int:resource_id>/remove")
@access(Permission.SUPPORT_RUN, find=inside)
def remove_resource(challenge: Challenge, resource_id: int) -> ResponseReturnValue:
    """Take a room or a piece of equipment off the list."""
    removed = services.remove_resource(db_session(), current_actor(), challenge, resource_id)
    flash(f"{removed.name} is off the list.", "success")
    return redirect(url_for("support.times", reference=challenge.reference, _anchor="resources"))


@blueprint.get("/challenges/<reference>/support/times/<int:slot_id>")
@access(Permission.SUPPORT_RUN, find=inside)
def time(challenge: Challenge, slot_id: int) -> ResponseReturnValue:
    """One time on offer, to move it or call it off."""
    return _time_page(challenge, _slot(challenge, slot_id))


def _slot(challenge: Challenge, slot_id: int) -> Slot:
    slot = queries.slot_inside(db_session(), current_actor(), challenge.reference, slot_id)
    return slot if slot is not None else abort(404)


def _time_page(challenge: Challenge, slot: Slot, refused: MoveForm | None = None) -> str:
    booked = queries.bookings_of(db_session(), [slot]).get(slot.id)
    seen = booked.id if booked else ""
    return render_template(
        "support/time.html",
        challenge=challenge,
        slot=slot,
        booked=booked,
        move_form=refused
        or MoveForm(
            prefix="move",
            formdata=None,
            version=slot.version,
            seen=seen,
            starts_at=slot.starts_at,
            place=slot.place,
            link=slot.link,
        ),
        call_off_form=CallOffForm(prefix="off", formdata=None, seen=seen),
        form=refused,
    )


@blueprint.post("/challenges/<reference>/support/times/<int:slot_id>")
@access(Permission.SUPPORT_RUN, find=inside)
def move_time(challenge: Challenge, slot_id: int) -> ResponseReturnValue:
    """Move a time, or its place."""
    slot = _slot(challenge, slot_id)
    form = MoveForm(prefix="move", starts_at=slot.starts_at)
    if not form.validate_on_submit():
        return _time_page(challenge, slot, form), 422
    to = services.NewTime(form.starts_at.data, form.place.data or "", form.link.data or "")
    try:
        services.move(db_session(), current_actor(), challenge, slot, form.seen.number, form.version.number, to)
    except services.DoubleBooked as clash:
        form.starts_at.errors = [str(clash)]
        return _time_page(challenge, slot, form), 422
    flash("Moved. Whoever booked it is being told.", "success")
    return redirect(url_for("support.times", reference=challenge.reference))


@blueprint.post("/challenges/<reference>/support/times/<int:slot_id>/call-off")
@access(Permission.SUPPORT_RUN, find=inside)
def call_off(challenge: Challenge, slot_id: int) -> ResponseReturnValue:
    """Take a time off."""
    slot, form = _slot(challenge, slot_id), CallOffForm(prefix="off")
    if not form.validate_on_submit():
        return _time_page(challenge, slot), 422
    services.call_off(db_session(), current_actor(), challenge, slot, form.seen.number)
    flash("Called off. Whoever booked it is being told.", "success")
    return redirect(url_for("support.times", reference=challenge.reference))

"""The pages of events: inviting and offering times inside, booking for firms."""

from typing import Any
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.network.events import queries, services
from portal.network.events.forms import InviteForm, OfferForm
from portal.network.events.models import BuyerEvent, BuyerTime
from portal.network.events.services import TimeGone
from portal.network.options import NetworkOption, options_tried, when_on
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.showcases.calendar import Entry, calendar
from portal.web import SIGNED_IN, access, current_actor, db_session

blueprint = Blueprint("events", __name__)
body = when_on(NetworkOption.SHARING_INTELLIGENCE, authority_seen)


@blueprint.route("/organisations/<reference>/events", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, find=body)
def inside(organisation: Organisation) -> ResponseReturnValue:
    """What is coming across the network; invite to one of your own."""
    form = InviteForm()
    if form.validate_on_submit():
        said = {"title": form.title.data or "", "about": form.about.data or "", "place": form.place.data or ""}
        when: Any = form.starts_at.data
        made = services.invite(db_session(), current_actor(), organisation, starts_at=when, **said)
        flash("Now put times on offer.", "success")
        return redirect(url_for("events.times", reference=organisation.reference, event=made.reference))
    status = 422 if form.is_submitted() else 200
    events = queries.events_seen(db_session())
    return render_template("network/events/inside.html", organisation=organisation, events=events, form=form), status


@blueprint.route("/organisations/<reference>/events/<event>", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, find=body)
def times(organisation: Organisation, event: str) -> ResponseReturnValue:
    """Who comes to your buyers; put more times on offer."""
    found, form = _event(event), OfferForm()
    if form.validate_on_submit():
        given = {"minutes": form.minutes.data or 0, "count": form.count.data or 0}
        services.offer(db_session(), current_actor(), found, organisation, buyer=form.buyer.data or "", **given)
        flash("Firms can book these times now.", "success")
        return redirect(url_for("events.times", reference=organisation.reference, event=event))
    status = 422 if form.is_submitted() else 200
    ours = [each for each in queries.times_of(db_session(), found) if each.body_id == organisation.id]
    shown = {"organisation": organisation, "event": found, "times": ours, "form": form, "ahead": _ahead(found)}
    return render_template("network/events/times.html", **shown), status


@blueprint.post("/organisations/<reference>/events/<event>/call-off")
@access(Permission.CHALLENGE_START, find=body)
def call_off(organisation: Organisation, event: str) -> ResponseReturnValue:
    """It does not take place."""
    found = _event(event)
    if found.host_id != organisation.id:
        abort(404)
    services.call_off(db_session(), current_actor(), found)
    flash("Called off. Every firm that booked is told.", "success")
    return redirect(url_for("events.inside", reference=organisation.reference))


@blueprint.get("/meet-the-buyer")
@access(Permission.RESPONSE_WRITE)
def listed() -> ResponseReturnValue:
    """What is coming, for firms; there while any authority tries this option."""
    if NetworkOption.SHARING_INTELLIGENCE not in options_tried(db_session()):
        abort(404)
    return render_template("network/events/list.html", events=queries.events_seen(db_session()))


@blueprint.get("/meet-the-buyer/<event>")
@access(Permission.RESPONSE_WRITE, find=queries.event_seen)
def show(event: BuyerEvent) -> ResponseReturnValue:
    """Times that are free, and your own."""
    return _page(event)


@blueprint.post("/meet-the-buyer/<event>/book")
@access(Permission.RESPONSE_WRITE, find=queries.event_seen)
def book(event: BuyerEvent) -> ResponseReturnValue:
    """Book a time; where it has just gone, the page shows what is still free."""
    firms = queries.firms_of(db_session(), current_actor())
    firm = next((each for each in firms if each.reference == request.form.get("firm")), firms[0])
    try:
        services.book(db_session(), current_actor(), event, firm, _key())
    except TimeGone as gone:
        return _page(event, str(gone)), 409
    flash("Booked. The place is below, and you get a mail.", "success")
    return redirect(url_for("events.show", event=event.reference))


@blueprint.post("/meet-the-buyer/<event>/give-back")
@access(Permission.RESPONSE_WRITE, find=queries.event_seen)
def give_back(event: BuyerEvent) -> ResponseReturnValue:
    """Give your time back."""
    services.give_back(db_session(), current_actor(), event, _key())
    flash("It is free for another firm.", "success")
    return redirect(url_for("events.show", event=event.reference))


@blueprint.get("/meet-the-buyer/<event>/times/<int:time>.ics")
@access(SIGNED_IN, find=queries.own_time)
def time_calendar(found: BuyerTime) -> Response:
    """A time of yours as a calendar file."""
    event, base = found.event, current_app.config["PORTAL_BASE_URL"]
    address = f"{base}/meet-the-buyer/{event.reference}"
    words = f"{found.buyer}, {found.body.name}"
    entry = Entry(f"buyer-time-{found.id}", words, found.starts_at, found.ends_at, event.place, event.title, address)
    answer = make_response(calendar(entry, host=urlsplit(base).hostname or "", now=clock.now()))
    answer.headers.update({"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "no-store"})
    answer.headers.set("Content-Disposition", "attachment", filename="meet-the-buyer.ics")
    return answer


def _event(reference: str) -> BuyerEvent:
    found = queries.event_seen(db_session(), current_actor(), reference)
    if found is None:
        abort(404)
    return found


def _key() -> int:
    """The time that was pressed; nothing that is a time's key is 0."""
    typed = request.form.get("time", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _ahead(event: BuyerEvent) -> bool:
    return event.called_off_at is None and event.starts_at > clock.now()


def _page(event: BuyerEvent, gone: str = "") -> str:
    session = db_session()
    firms = queries.firms_of(session, current_actor())
    found = queries.times_of(session, event)
    return render_template(
        "network/events/show.html",
        event=queries.event_seen(session, current_actor(), event.reference) or event,
        firms=firms,
        gone=gone,
        ahead=_ahead(event),
        ours=[each for each in found if each.firm_id in {firm.id for firm in firms}],
        free=[each for each in found if each.firm_id is None],
    )

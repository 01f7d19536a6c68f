"""Which notices a challenge needs, and the page of each."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.challenges.conflicts import CONFIRMED_BEFORE
from portal.challenges.models import Challenge
from portal.challenges.queries import inside, official_notices
from portal.challenges.services import conflicts
from portal.db import clock
from portal.law import releases
from portal.law.calendar import london_date
from portal.law.notices import NoticeKind
from portal.law.planning import LEAST_DAYS_BEFORE, MOST_MONTHS_BEFORE, qualifying_window
from portal.notices import services
from portal.notices.drafting import draft_of
from portal.notices.duties import Duty, duties_of, footing_of
from portal.notices.forms import PublishedForm, ReasonsForm
from portal.notices.models import Moment
from portal.notices.pathway import NOTICE
from portal.notices.queries import award_number, out_of_order, reference_taken
from portal.notices.views.blueprint import blueprint
from portal.policy import Actor, Permission, Scope
from portal.web import access, current_actor, db_session
from portal.web.documents import pdf_answer
from portal.web.forms import PortalForm

_PROCURE = Permission.CHALLENGE_PROCURE


@dataclass(frozen=True, slots=True)
class Needed:
    """A challenge and one of the notices it needs."""

    challenge: Challenge
    duty: Duty

    def scopes(self) -> frozenset[Scope]:
        """The challenge's."""
        return self.challenge.scopes()


def needed(session: Session, actor: Actor, reference: str, moment: str, number: int, kind: str) -> Needed | None:
    """One of the notices a challenge needs or has recorded, for the people inside it."""
    challenge = inside(session, actor, reference)
    if challenge is None:
        return None
    asked = (moment, number, kind)
    for duty in duties_of(session, challenge):
        if (duty.moment.value, duty.number, duty.kind.value) == asked:
            return Needed(challenge, duty)
    return None


@blueprint.get("/challenges/<reference>/notices")
@access(Permission.CHALLENGE_SEE, find=inside)
def of_challenge(challenge: Challenge) -> ResponseReturnValue:
    """Every notice by its moment: what is published, what is next, what comes later."""
    session = db_session()
    duties = duties_of(session, challenge)
    return render_template(
        "notices/of_challenge.html",
        challenge=challenge,
        footing=footing_of(session, challenge),
        moments=[(moment, list(each)) for moment, each in groupby(duties, key=lambda duty: duty.moment)],
        following=next((each for each in duties if each.ripe and not each.met and not each.only_if), None),
        award=award_number(session, challenge),
        machine=NOTICE,
        official=official_notices(session, challenge),
        Moment=Moment,
    )


@blueprint.get("/challenges/<reference>/notices/<moment>/<int:number>/<kind>")
@access(Permission.CHALLENGE_SEE, find=needed)
def notice(found: Needed) -> ResponseReturnValue:
    """One notice: what the law asks, what to copy, and where it was published."""
    return _page(found)


def _shortens(challenge: Challenge, duty: Duty) -> str:
    """What a planned procurement notice does to the time to tender, in words; nothing for any other notice."""
    kind = challenge.release_kind
    if duty.kind is not NoticeKind.UK3 or kind is None or not releases.needs_tender_round(kind):
        return ""
    published = duty.notice.published_at if duty.notice and duty.met else None
    if published is not None:
        return qualifying_window(london_date(published)).arithmetic
    return f"Published {LEAST_DAYS_BEFORE} days to {MOST_MONTHS_BEFORE} months before the tender notice."


def _page(found: Needed, status: int = 200, **forms: PortalForm) -> ResponseReturnValue:
    duty, challenge = found.duty, found.challenge
    may_write = current_actor().may(_PROCURE, found.scopes())
    blank = {"published_form": _published_form(duty, formdata=None), "reasons_form": ReasonsForm(formdata=None)}
    page = render_template(
        "notices/notice.html",
        challenge=challenge,
        duty=duty,
        state=NOTICE[duty.notice.state] if duty.notice else NOTICE["draft"],
        draft=draft_of(db_session(), challenge, duty),
        may_write=may_write and duty.ripe and not duty.met,
        shortens=_shortens(challenge, duty),
        reasons_will_do=releases.may_be_replaced_by_reasons(duty.kind),
        form=next(iter(forms.values()), None),
        **(blank | forms),
    )
    return page, status


@blueprint.get("/challenges/<reference>/notices/<moment>/<int:number>/<kind>/draft.pdf")
@access(Permission.CHALLENGE_SEE, find=needed)
def as_pdf(found: Needed) -> ResponseReturnValue:
    """The draft to print or to file."""
    draft = draft_of(db_session(), found.challenge, found.duty)
    name = f"{found.challenge.reference}-{found.duty.kind.code}-draft"
    return pdf_answer(
        name, "notices/draft.html", challenge=found.challenge, duty=found.duty, draft=draft, now=clock.now()
    )


@blueprint.post("/challenges/<reference>/notices/<moment>/<int:number>/<kind>/checked")
@access(_PROCURE, find=needed)
def checked(found: Needed) -> ResponseReturnValue:
    """Mark the particulars as checked."""
    services.check(db_session(), current_actor(), found.challenge, found.duty)
    flash("Marked as checked. Publish it on the official platform, then record its number here.", "success")
    return redirect(_address(found))


@blueprint.post("/challenges/<reference>/notices/<moment>/<int:number>/<kind>/published")
@access(_PROCURE, find=needed)
def published(found: Needed) -> ResponseReturnValue:
    """Record where and when it was published."""
    session, form = db_session(), _published_form(found.duty)
    if form.validate_on_submit():
        _check(session, found, form)
    if form.errors:
        return _page(found, 422, published_form=form)
    reference, moment = str(form.reference.data), form.published_at.data
    if "looked" in form:
        conflicts.confirm(session, current_actor(), found.challenge, found.duty.kind.code)
    ocid = str(form.ocid.data or "")
    services.publish(session, current_actor(), found.challenge, found.duty, reference, moment, ocid)
    flash("Recorded as published.", "success")
    return redirect(url_for("notices.of_challenge", reference=found.challenge.reference))


def _published_form(duty: Duty, **options: Any) -> PublishedForm:
    return PublishedForm(looks_anew=duty.kind.code in CONFIRMED_BEFORE, **options)


def _check(session: Session, found: Needed, form: PublishedForm) -> None:
    """What only the database can tell, said beside the field it is about."""
    if reference_taken(session, found.challenge, str(form.reference.data)):
        form.reference.errors = ("Another notice of this challenge has this number. Check it.",)
    footing = footing_of(session, found.challenge)
    if found.duty.moment is not Moment.ACTIVATION or footing is None:
        return
    fault = out_of_order(session, found.challenge, found.duty.kind, footing.standing, form.published_at.data)
    if fault:
        form.published_at.errors = (fault,)


@blueprint.post("/challenges/<reference>/notices/<moment>/<int:number>/<kind>/reasons")
@access(_PROCURE, find=needed)
def reasons(found: Needed) -> ResponseReturnValue:
    """Give reasons instead of an engagement notice."""
    form = ReasonsForm()
    if not form.validate_on_submit():
        return _page(found, 422, reasons_form=form)
    services.give_reasons(db_session(), current_actor(), found.challenge, found.duty, str(form.reason.data))
    flash("The reasons are kept. The tender notice must give them too.", "success")
    return redirect(url_for("notices.of_challenge", reference=found.challenge.reference))


def _address(found: Needed) -> str:
    duty = found.duty
    where = {"moment": duty.moment.value, "number": duty.number, "kind": duty.kind.value}
    return url_for("notices.notice", reference=found.challenge.reference, **where)

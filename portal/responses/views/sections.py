"""One section of the draft: a page with a save button, and the same saved quietly while somebody writes."""

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.challenges.queries import round_of
from portal.challenges.social import HOW_JUDGED
from portal.db import Conflict, clock
from portal.law.money import parse_pounds
from portal.machine import NotAllowed, NotNow
from portal.policy import Permission
from portal.responses import queries, services
from portal.responses.earlier import Earlier, offered
from portal.responses.forms import LONGEST_REASON, MOST_PENCE, PriceForm, SectionForm
from portal.responses.models import Response
from portal.responses.sections import PRICE, Written, asked_in, price_stands_apart, written
from portal.responses.services.drafting import UNCHANGED
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session


@dataclass(frozen=True, slots=True)
class _Found:
    """A section, the one after it, and whether the price must be kept out of it."""

    section: Written
    following: Written | None
    keeps_price_out: bool


def _section(response: Response, key: str) -> _Found:
    """The section asked for and the one after it; 404 where there is none."""
    asked = round_of(db_session(), response.challenge, response.round.kind)
    sections = written(asked_in(asked) if asked else [], queries.sections_of(db_session(), response))
    for number, each in enumerate(sections):
        if each.asked.key == key:
            following = sections[number + 1] if number + 1 < len(sections) else None
            return _Found(each, following, key != PRICE and asked is not None and price_stands_apart(asked))
    raise NotFound


def _page(
    response: Response,
    found: _Found,
    form: SectionForm,
    *,
    theirs: Written | None = None,
    used: Earlier | None = None,
) -> str:
    """The page of a section; with `theirs`, what a colleague saved meanwhile stands beside what was typed."""
    session, actor = db_session(), current_actor()
    is_open = queries.is_open(response.challenge, response.round, clock.now())
    return render_template(
        "responses/section.html",
        response=response,
        challenge=response.challenge,
        section=found.section,
        how_judged=HOW_JUDGED,
        keeps_price_out=found.keeps_price_out,
        form=form,
        is_open=is_open,
        theirs=theirs,
        used=used,
        earlier=offered(session, actor, response, found.section.asked) if is_open and theirs is None else [],
    )


def _form(response: Response, section: Written, **options: Any) -> SectionForm:
    said = {
        "text": section.text,
        "confidential_reason": section.confidential_reason,
        "version": section.version if section.version is not None else "",
    }
    if section.asked.key == PRICE:
        return PriceForm(**options, data=said | {"price": response.price_pence})
    return SectionForm(**options, data=said)


@blueprint.get("/responses/<reference>/sections/<key>")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def section(response: Response, key: str) -> ResponseReturnValue:
    """One question and the answer so far; with `start`, an earlier text stands in the box, and is not saved yet."""
    found = _section(response, key)
    wanted = request.args.get("start")
    earlier = offered(db_session(), current_actor(), response, found.section.asked) if wanted else []
    used = next((each for each in earlier if each.key == wanted), None)
    if used is None:
        return _page(response, found, _form(response, found.section, formdata=None))
    begun = replace(found.section, text=f"{found.section.text}\n\n{used.text}".strip())
    return _page(response, found, _form(response, begun, formdata=None), used=used)


@blueprint.post("/responses/<reference>/sections/<key>")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def save(response: Response, key: str) -> ResponseReturnValue:
    """Save and go back to the list, or on to the next section."""
    found = _section(response, key)
    form = _form(response, found.section)
    if not form.validate_on_submit():
        return _page(response, found, form), 422
    price = form.price.data if isinstance(form, PriceForm) else UNCHANGED
    try:
        services.save_section(
            db_session(),
            current_actor(),
            response,
            key,
            form.text.data or "",
            version=form.version.number,
            price_pence=price,
            confidential_reason=form.confidential_reason.data or "",
        )
    except Conflict:
        return _both(response, key, form), 409
    if request.form.get("then") == "next" and found.following is not None:
        return redirect(url_for("responses.section", reference=response.reference, key=found.following.asked.key))
    flash(f"{found.section.asked.title} saved.", "success")
    return redirect(url_for("responses.draft", reference=response.reference))


def _both(response: Response, key: str, form: SectionForm) -> str:
    """Both texts on one page. Saving from here replaces theirs knowingly: the form now answers their version."""
    found = _section(response, key)
    form.version.data = str(found.section.version or "")
    form.version.raw_data = None
    return _page(response, found, form, theirs=found.section)


@blueprint.post("/responses/<reference>/sections/<key>/autosave")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def autosave(response: Response, key: str) -> ResponseReturnValue:
    """Save what has been written so far; answers the new version, or why not in a sentence."""
    _section(response, key)
    said = request.get_json(silent=True)
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        return jsonify(message="This was not understood. Use the save button."), 400
    version = said.get("version")
    price, unread = _price_in(said) if key == PRICE else (UNCHANGED, "")
    try:
        version = services.save_section(
            db_session(),
            current_actor(),
            response,
            key,
            said["text"],
            version=version if isinstance(version, int) else None,
            price_pence=price,
            confidential_reason=_reason_in(said),
        )
    except services.Closed:
        return jsonify(message="Responses have closed. This is no longer saved; what was saved before is kept."), 409
    except Conflict:
        theirs = _section(response, key).section
        sentence = "Somebody else of your firm changed this text. Nothing is lost: both texts are on this page."
        return jsonify(message=sentence, theirs=theirs.text, version=theirs.version), 409
    except (NotNow, NotAllowed) as refused:
        return jsonify(message=str(refused)), 409
    return jsonify(version=version, message=unread)


def _reason_in(said: dict[str, Any]) -> str | None:
    """Why passages are confidential, as typed so far; None where the page did not send it, or sent too much."""
    typed = said.get("confidential_reason")
    return typed if isinstance(typed, str) and len(typed) <= LONGEST_REASON else None


def _price_in(said: dict[str, Any]) -> tuple[object, str]:
    """The price as typed so far; one that cannot be read is left as it was, and said."""
    typed = said.get("price")
    if not isinstance(typed, str):
        return UNCHANGED, ""
    if not typed.strip():
        return None, ""
    try:
        pence = parse_pounds(typed)
    except ValueError as problem:
        return UNCHANGED, str(problem)
    return (pence, "") if 0 <= pence <= MOST_PENCE else (UNCHANGED, "This price is too high to be kept.")

"""For firms: challenges that fit, saved searches, and which mails one wants."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.network.matching import queries, services
from portal.network.matching.fitting import for_person
from portal.network.matching.forms import MailsForm, SearchForm
from portal.network.matching.models import Digest
from portal.network.matching.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session


@blueprint.get("/matches")
@access(Permission.RESPONSE_WRITE)
def matches() -> ResponseReturnValue:
    """Open challenges that fit one's firms and searches."""
    return _page()


@blueprint.post("/matches/searches")
@access(Permission.RESPONSE_WRITE)
def save_search() -> ResponseReturnValue:
    """Keep words to look for."""
    form = SearchForm()
    if not form.validate_on_submit():
        return _page(form), 422
    services.save_search(db_session(), current_actor(), form.words.data or "")
    flash("The search is saved.", "success")
    return redirect(url_for("matching.matches"))


@blueprint.post("/matches/searches/<int:key>/remove")
@access(Permission.RESPONSE_WRITE)
def remove_search(key: int) -> ResponseReturnValue:
    """Look for it no longer."""
    services.remove_search(db_session(), current_actor(), key)
    flash("The search is removed.", "success")
    return redirect(url_for("matching.matches"))


@blueprint.route("/matches/mails", methods=["GET", "POST"])
@access(Permission.RESPONSE_WRITE)
def mails() -> ResponseReturnValue:
    """Choose which mails one wants."""
    person = current_actor().person_id
    choice = queries.choice_of(db_session(), person)
    digest, told = (choice.digest, choice.told) if choice else (Digest.NONE, True)
    form = MailsForm(data={"digest": digest.value, "told": told})
    if not form.validate_on_submit():
        return render_template("network/matching/mails.html", form=form), 422 if form.is_submitted() else 200
    assert person is not None
    digest, told = Digest(form.digest.data), bool(form.told.data)
    services.choose_mails(db_session(), current_actor(), person, told=told, digest=digest)
    flash("Your choice is saved.", "success")
    return redirect(url_for("matching.matches"))


def _page(form: SearchForm | None = None) -> str:
    session, actor = db_session(), current_actor()
    return render_template(
        "network/matching/matches.html",
        found=for_person(session, actor),
        choice=queries.choice_of(session, actor.person_id),
        form=form or SearchForm(formdata=None),
    )

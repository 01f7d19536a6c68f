"""What budget holders say should change; the decision itself is a move of the challenge."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.business_cases import services
from portal.business_cases.forms import CommentForm
from portal.business_cases.models import BusinessCase
from portal.business_cases.pathway import SectionKey
from portal.business_cases.reading import decides, read
from portal.business_cases.views.shared import blueprint, deciders, page, to_case
from portal.web import current_actor, db_session


@blueprint.get("/comments")
@deciders
def comments(found: BusinessCase) -> ResponseReturnValue:
    """What should change, section by section."""
    if not decides(current_actor(), found):
        return to_case(found.challenge)
    return _comments_page(found, CommentForm())


@blueprint.post("/comments")
@deciders
def add_comment(found: BusinessCase) -> ResponseReturnValue:
    """Say what should change in a section."""
    form = CommentForm()
    if not form.validate_on_submit():
        return _comments_page(found, form), 422
    services.comment(db_session(), current_actor(), found, SectionKey(form.section.data), form.text.data or "")
    flash("Comment kept. The authors see it once the case is returned.", "success")
    return _to_comments(found)


@blueprint.post("/comments/<int:number>/remove")
@deciders
def remove_comment(found: BusinessCase, number: int) -> ResponseReturnValue:
    """Take one's own comment back."""
    services.remove_comment(db_session(), current_actor(), found, number)
    flash("Comment removed.", "success")
    return _to_comments(found)


def _to_comments(case: BusinessCase) -> ResponseReturnValue:
    return redirect(url_for("business_cases.comments", reference=case.challenge.reference))


def _comments_page(case: BusinessCase, form: CommentForm) -> str:
    reading = read(db_session(), current_actor(), case)
    return render_template("business_cases/comments.html", form=form, reading=reading, **page(case))

"""Anybody with a receipt can hold it against the record."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.responses import receipts
from portal.responses.forms import VerifyForm
from portal.responses.views.blueprint import blueprint
from portal.web import PUBLIC, access, db_session


@blueprint.get("/receipts/verify")
@access(PUBLIC)
def verify() -> ResponseReturnValue:
    """Ask for the code."""
    return render_template("responses/verify.html", form=VerifyForm(formdata=None), verdict=None, receipt=None)


@blueprint.post("/receipts/verify")
@access(PUBLIC)
def verified() -> ResponseReturnValue:
    """Say whether the record still stands."""
    form = VerifyForm()
    if not form.validate_on_submit():
        return render_template("responses/verify.html", form=form, verdict=None, receipt=None), 422
    verdict, receipt = receipts.verify(db_session(), form.code.data or "")
    return render_template("responses/verify.html", form=form, verdict=verdict.value, receipt=receipt)

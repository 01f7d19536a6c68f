"""What several of these pages do: mail a link, count tries, let somebody in, and say that a link no longer works."""

from collections.abc import Callable
from datetime import datetime

from flask import make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from sqlalchemy.orm import Session

from portal.accounts import links, queries, throttle
from portal.accounts.forms import AddressForm
from portal.accounts.identity import signed_in_by
from portal.accounts.models import LinkPurpose, MailedLink
from portal.accounts.throttle import MAIL_BY_ADDRESS, MAIL_BY_CLIENT, Limit
from portal.db import clock
from portal.web import database, db_session, let_go
from portal.web.filters import long_datetime


def too_many(email: str, by_address: Limit, by_client: Limit) -> ResponseReturnValue | None:
    """Count a try in a transaction of its own; the page that says when to try again, if it was one too many."""
    let_go()
    client = throttle.client_of(request.remote_addr)
    with database().writing() as own:
        until = throttle.count(own, [by_address.by(email), by_client.by(client)])
    return None if until is None else _try_again(until)


def _try_again(until: datetime) -> ResponseReturnValue:
    page = make_response(render_template("errors/429.html", reason=None, wait=f"until {long_datetime(until)}"), 429)
    page.headers["Retry-After"] = str(max(1, int((until - clock.now()).total_seconds()) + 1))
    return page


def mail_a_link(ask: Callable[[Session, str], None], *, asked_on: str, sent: str) -> ResponseReturnValue:
    """Take the address typed on `asked_on` and have a link mailed to it; the answer never tells whether it is known."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template(asked_on, form=form), 422
    email = queries.tidy(form.email.data or "")
    refusal = too_many(email, MAIL_BY_ADDRESS, MAIL_BY_CLIENT)
    if refusal is not None:
        return refusal
    ask(db_session(), email)
    return redirect(url_for("accounts.look_for_mail", sent=sent))


def agent() -> str:
    """The browser, as it calls itself."""
    return request.user_agent.string


def let_in(token: str) -> None:
    """Put a sign-in just begun into a fresh cookie: nothing of before stays in it."""
    person = signed_in_by(db_session(), token)
    assert person is not None
    session.clear()
    login_user(person)


def living_link(purpose: LinkPurpose, token: str) -> MailedLink | None:
    """The link in the address, read before any writing transaction begins."""
    let_go()
    with database().reading() as reading:
        return links.living(reading, purpose, token)


def spent(purpose: LinkPurpose) -> ResponseReturnValue:
    """Say that a link no longer works, and how to get another."""
    return render_template("accounts/link_spent.html", purpose=purpose.value), 410

"""What several of these pages do: count tries, let somebody in, and say that a link no longer works."""

from datetime import datetime

from flask import make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import login_user

from portal.accounts import links, throttle
from portal.accounts.identity import signed_in_by
from portal.accounts.models import LinkPurpose, MailedLink
from portal.accounts.throttle import Limit
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

"""Error pages: what went wrong in words, what to do next, and nothing of what was typed lost."""

import logging
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.db import Conflict
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.web.transaction import SAFE, only_read

_log = logging.getLogger(__name__)
_WITH_PAGE = frozenset({400, 403, 404, 409, 413, 429})
_KEEPING = frozenset({400, 403})
_NEVER_SHOWN = ("csrf_token", "password", "version", "format")


def register(app: Flask) -> None:
    """Give every refusal and fault its page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(NotAllowed, lambda error: _page(403, reason=str(error), submitted=what_was_typed()))
    app.register_error_handler(NotNow, lambda error: _page(409, reason=str(error), submitted=what_was_typed()))
    app.register_error_handler(MoveRefused, lambda error: _page(409, refusal=error.refusal, submitted=what_was_typed()))
    app.register_error_handler(Conflict, lambda _error: _page(409, submitted=what_was_typed()))
    app.register_error_handler(StaleDataError, lambda _error: _page(409, submitted=what_was_typed()))
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _fault)


def what_was_typed() -> list[tuple[str, str]]:
    """The texts of the form that was sent, for the person to copy; never passwords or tokens."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), text)
        for name, text in request.form.items(multi=True)
        if text.strip() and not name.startswith(_NEVER_SHOWN)
    ]


def came_from() -> str:
    """The page of ours whose link or form led here, to go back to it as it is now; empty where that is not known."""
    try:
        parts = urlsplit(request.referrer or "")
        ours = current_app.create_url_adapter(request)
    except (ValueError, SecurityError):  # half an address, as of "http://["; or asked of a host that is not ours
        return ""
    if ours is None or parts.netloc != request.host or not ours.test(parts.path, "GET"):
        return ""
    if request.method in SAFE and parts.path == request.path:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _page(status: int, **context: object) -> ResponseReturnValue:
    said = {"reason": "", "refusal": None, "submitted": [], "came_from": came_from()} | context
    return render_template(f"errors/{status}.html", **said), status


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == 413:
        only_read()
    if status in _WITH_PAGE:
        own_words = error.description if error.description != type(error).description else ""
        return _page(status, reason=own_words or "", submitted=what_was_typed() if status in _KEEPING else [])
    if status >= 500:
        return _fault(error)
    return _page(status if status in _WITH_PAGE else 400, reason=error.name)


def _expired_form(_error: CSRFError) -> ResponseReturnValue:
    return _page(
        400,
        reason="This form was open too long. Copy what you typed and try again.",
        submitted=what_was_typed(),
    )


def _database_away(error: OperationalError) -> ResponseReturnValue:
    _log.error("The database did not answer: %s", type(error.orig).__name__)
    return render_template("errors/503.html", submitted=what_was_typed()), 503


def _fault(error: Exception) -> ResponseReturnValue:
    _log.error("A fault of ours at %s %s", request.method, request.path, exc_info=error)
    return render_template("errors/500.html"), 500

"""Security headers, and how long a page may be kept by whom."""

from datetime import datetime

from flask import Flask, Response, g, request, session

from portal.db import clock
from portal.web.access import PUBLIC
from portal.web.identity import current_actor

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ONLY_HTTPS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
LONGEST_CACHE = 60
"""Seconds an anonymous page may be kept (invariant 12)."""


def fresh_until(moment: datetime | None) -> None:
    """Say that this page is wrong from `moment` on (a deadline), so that no cache keeps it past that."""
    if moment is not None:
        known = g.get("fresh_until")
        g.fresh_until = min(known, moment) if known else moment


def register(app: Flask) -> None:
    """Put the headers on every answer; those that a page sets itself stay."""
    secure = app.config["PORTAL_BASE_URL"].startswith("https://")
    always = _ALWAYS | (_ONLY_HTTPS if secure else {})

    @app.after_request
    def add(response: Response) -> Response:
        own = {name.lower() for name, _value in response.headers}
        response.headers.extend({name: value for name, value in always.items() if name.lower() not in own})
        if "cache-control" not in own:
            response.headers["Cache-Control"] = _cache_control(response)
        return response


def _cache_control(response: Response) -> str:
    declared = g.get("access")
    anonymous = declared is not None and declared.needs == PUBLIC and not session and not current_actor().signed_in
    if request.method != "GET" or response.status_code != 200 or not anonymous:
        return "no-store"
    response.vary.add("Cookie")
    until = g.get("fresh_until")
    seconds = LONGEST_CACHE if until is None else max(0, min(LONGEST_CACHE, int((until - clock.now()).total_seconds())))
    return f"public, max-age={seconds}"

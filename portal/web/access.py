"""Every route says who may enter; a route that does not fails the build.

    @blueprint.get("/challenges/<reference>/needs")
    @access(Permission.CHALLENGE_SHAPE, find=challenge_inside)
    def needs(challenge: Challenge) -> Answer: ...

`find` is a named query that already hides what this person may not see: what it does not find is 404. The
permission is then asked of the object's scopes: without it the answer is 403. What `find` does not take of the
address goes to the view.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.policy import Actor, Permission, roles_with
from portal.web.errors import what_was_typed
from portal.web.identity import current_actor
from portal.web.transaction import SAFE, db_session, finish

PUBLIC = "public"
SIGNED_IN = "signed in"
_LARGEST_KEY = 2**31 - 1  # PostgreSQL's INTEGER; SQLite refuses numbers of more than 64 bits with an error

View = Callable[..., ResponseReturnValue]
Finder = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Access:
    """What a route declared: `PUBLIC`, `SIGNED_IN`, or the permissions of which one is enough."""

    needs: str | tuple[Permission, ...]
    find: Finder | None = None


def access(*needs: Permission | str, find: Finder | None = None) -> Callable[[View], View]:
    """Declare who may enter a route: `PUBLIC`, `SIGNED_IN`, or any of some permissions on what `find` finds."""
    first = needs[0]
    declared = (
        Access(tuple(Permission(each) for each in needs), find)
        if isinstance(first, Permission)
        else Access(first, find)
    )
    takes = frozenset(list(signature(find).parameters)[2:]) if find else frozenset()

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> ResponseReturnValue:
            g.access = declared
            try:
                response = _enter(declared, view, takes, address)
            except BaseException:
                finish(accepted=False)
                raise
            finish(accepted=response.status_code < 400)
            return response

        guarded.access = declared  # type: ignore[attr-defined]
        return guarded

    return declare


def _enter(declared: Access, view: View, takes: frozenset[str], address: dict[str, Any]) -> Response:
    actor = current_actor()
    if declared.needs != PUBLIC and not actor.signed_in:
        return _ask_to_sign_in()
    if any(_cannot_be_looked_for(part) for part in address.values()):
        abort(404)
    if declared.find is None:
        _check(declared, actor, None)
        return make_response(view(**address))
    found = declared.find(db_session(), actor, **{name: address.pop(name) for name in takes & address.keys()})
    if found is None:
        abort(404)
    _check(declared, actor, found)
    return make_response(view(found, **address))


def _cannot_be_looked_for(part: Any) -> bool:
    """Whether no database stores such a part of an address, and some fail when asked for it."""
    return "\0" in part if isinstance(part, str) else isinstance(part, int) and part > _LARGEST_KEY


def _ask_to_sign_in() -> Response:
    if request.method in SAFE:
        return make_response(redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?"))))
    if what_was_typed():
        abort(403, description="You are no longer signed in, so nothing was saved. Copy what you typed, then sign in.")
    return make_response(redirect(url_for("accounts.sign_in")))


def _check(declared: Access, actor: Actor, found: Any) -> None:
    if isinstance(declared.needs, str):
        return
    if found is None or not hasattr(found, "scopes"):
        allowed = any(actor.where(permission) for permission in declared.needs)
    else:
        scopes = found.scopes()
        allowed = any(actor.may(permission, scopes) for permission in declared.needs)
    if not allowed:
        roles = sorted({role.label.lower() for need in declared.needs for role in roles_with(need)})
        abort(403, description=f"This page is for: {', '.join(roles)}.")


def require_declarations(app: Flask) -> None:
    """Raise `RuntimeError` naming every route that does not say who may enter."""
    silent = [name for name, view in app.view_functions.items() if name != "static" and not declared_by(view)]
    if silent:
        raise RuntimeError(f"These routes do not declare their access: {', '.join(sorted(silent))}.")


def declared_by(view: Callable[..., Any]) -> Access | None:
    """What a view function declared, or None."""
    return getattr(view, "access", None)


def access_of(endpoint: str) -> Access | None:
    """What the current application's endpoint declared."""
    return declared_by(current_app.view_functions[endpoint])

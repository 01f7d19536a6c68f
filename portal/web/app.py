"""Flask as the portal runs it: without what Flask asks at every request although the answer never changes here."""

from collections import ChainMap
from collections.abc import Callable, MutableMapping
from typing import Any, ClassVar

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.templating import Environment
from itsdangerous import URLSafeTimedSerializer


class _Templates(Environment):
    """Templates that share the environment's globals.

    Jinja lays an empty mapping over them for each template, so that one may have globals of its own; none of ours
    has. Reading through the two takes a tenth of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own globals, where a template is given none."""
        return ChainMap(d, self.globals) if d else self.globals


class _Sessions(SecureCookieSessionInterface):
    """Sessions in signed cookies, all read and written by one serializer."""

    def __init__(self) -> None:
        self._made: tuple[Any, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Flask's serializer, made anew only when the keys are others than before."""
        keys = (app.secret_key, app.config["SECRET_KEY_FALLBACKS"])
        if self._made[0] != keys:
            self._made = keys, super().get_signing_serializer(app)
        return self._made[1]


class Portal(Flask):
    """The application. Every view and every handler is a plain function, so that none is asked whether it is one."""

    jinja_environment: ClassVar[type[Environment]] = _Templates  # type: ignore[misc]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.session_interface = _Sessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func

"""Flask-Login and CSRF, as the portal uses them."""

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.local import LocalProxy

from portal.web.identity import current_actor


def register(app: Flask) -> None:
    """Set up the login manager (accounts give it its loader) and CSRF on every POST."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)
    CSRFProtect(app)
    app.context_processor(lambda: {"actor": LocalProxy(current_actor)})

"""The whole portal put together: reads like a table of contents."""

from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

import config
from portal import wiring
from portal.db import Database
from portal.web import assets, errors, filters, headers, kept, sections, signing, stacking, transaction
from portal.web.access import require_declarations
from portal.web.app import Portal


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The whole portal, configured from the environment or from `settings`.

    Raises `config.ConfigurationError` or `portal.db.DatabaseAddressError` with a sentence, and `RuntimeError`
    where a route does not declare its access.
    """
    app = Portal("portal", root_path=str(config.ROOT), template_folder="templates", static_folder="static")
    app.config.from_mapping(settings if settings is not None else config.load())
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["database"] = Database(app.config["PORTAL_DATABASE_URL"])

    transaction.close_sessions(app)
    headers.register(app)
    filters.register(app)
    errors.register(app)
    assets.register(app)
    signing.register(app)
    sections.register(app)
    kept.register(app)
    stacking.register(app)

    wiring.connect()
    wiring.mount(app)
    require_declarations(app)
    return app

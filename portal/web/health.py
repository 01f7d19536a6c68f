"""Whether the portal lives (`/healthz`) and whether it can serve (`/readyz`), for whatever watches over it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.web.access import PUBLIC, access
from portal.web.transaction import database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access(PUBLIC)
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}, 200, {"Cache-Control": "no-store"}


@blueprint.get("/readyz")
@access(PUBLIC)
def ready() -> ResponseReturnValue:
    """The database answers too; 503 where it does not."""
    try:
        with database().reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return {"status": "the database is away"}, 503, {"Cache-Control": "no-store"}
    return {"status": "ok"}, 200, {"Cache-Control": "no-store"}

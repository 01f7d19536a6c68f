"""One request, one session: a GET can only read, a POST commits before its answer leaves or rolls back."""

from collections.abc import Callable
from typing import cast

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from portal.db import Database

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def database() -> Database:
    """The application's database."""
    return cast(Database, current_app.extensions["database"])


def db_session() -> Session:
    """The session of this request, begun when first asked for.

    The body is read before a writing session begins, so that a slow upload never holds the database.
    """
    session: Session | None = g.get("db_session")
    if session is None:
        writing = request.method not in SAFE and not g.get("only_reads", False)
        if writing:
            request.get_data(parse_form_data=True)  # forms, files and JSON alike
        session = g.db_session = database().session(writing=writing)
    return session


def only_read() -> None:
    """Let a session that is begun from here on only read: the body was refused and must not be asked for again."""
    g.only_reads = True


def let_go() -> None:
    """Give back what the request's session holds, so that slow work (a password's digest) does not hold the database.

    Knowing who asks may have begun the transaction already; it begins anew when next asked for something.
    """
    session: Session | None = g.get("db_session")
    if session is not None:
        session.rollback()


def after_refusal(act: Callable[[], None]) -> None:
    """Do `act` once this request has been rolled back, in a transaction of its own (a late attempt, say)."""
    g.setdefault("after_refusal", []).append(act)


def finish(*, accepted: bool) -> None:
    """Commit what was done, or roll it back and then do what must survive the refusal.

    What only read ends with a commit too: a rollback makes psycopg drop its prepared statements, and PostgreSQL would
    plan every statement of every page anew.
    """
    session: Session | None = g.get("db_session")
    if session is not None:
        if accepted:
            if not session.info["writing"]:
                session.expunge_all()
            session.commit()
        else:
            session.rollback()
    if not accepted:
        for act in g.pop("after_refusal", []):
            act()


def close_sessions(app: Flask) -> None:
    """Close the request's session when the request is over, whatever happened."""

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        session: Session | None = g.pop("db_session", None)
        if session is not None:
            session.close()

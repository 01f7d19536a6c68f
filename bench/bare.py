"""What everything is measured against: a Flask app that does one thing in one statement, and no more.

The page selects twenty rows by an index and shows them in 16 kB; the form inserts one row. Both run on an engine made
as the portal makes its own, in the same process.
"""

from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Text, func, insert, select

from portal.challenges.models import Challenge
from portal.db import Database

BYTES = 16_000
_messages = Table(
    "bench_message",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", DateTime, nullable=False, server_default=func.now()),
)
_of = Challenge.__table__.c
_NEWEST = (
    select(_of.reference, _of.title, _of.summary, _of.theme, _of.state, _of.released_at)
    .where(_of.released_at.is_not(None))
    .order_by(_of.released_at.desc(), _of.id.desc())
    .limit(20)
)
_ROW = """
<article class="card">
  <h2><a href="/challenges/{{ row.reference }}">{{ row.title }}</a></h2>
  <p>{{ row.summary }}</p>
  <ul><li>{{ row.theme }}</li><li>{{ row.state }}</li><li>{{ row.released_at }}</li></ul>
</article>
"""


def bare_app(database: Database) -> Flask:
    """The app; its one page is as large as was promised, whatever the rows say."""
    app = Flask("bare")
    with database.reading() as session:
        rows = session.execute(_NEWEST).all()
    with app.app_context():
        short = BYTES - sum(len(render_template_string(_ROW, row=row)) for row in rows)
    around = "<!doctype html><title>Bare</title>{% for row in rows %}" + _ROW + "{% endfor %}"
    template = app.jinja_env.from_string(around + f"<footer>{'x' * max(0, short)}</footer>")
    _messages.create(database.engine, checkfirst=True)

    @app.get("/")
    def page() -> ResponseReturnValue:
        with database.reading_engine.connect() as connection:
            found = connection.execute(_NEWEST).all()
        return template.render(rows=found)

    @app.post("/messages")
    def send() -> ResponseReturnValue:
        given = {name: request.form[name] for name in ("name", "subject", "text")}
        with database.engine.begin() as connection:
            connection.execute(insert(_messages), given)
        return redirect("/")

    return app

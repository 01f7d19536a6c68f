"""What everything is measured against: a Flask app that does one thing in one statement, and no more.

The page selects twenty rows by an index and shows them in 16 kB; the form inserts one row. Both run on an engine made
as the portal makes its own, in the same process.
"""

from flask import Flask, redirect, render_template, render_template_string, request
from flask.typing import ResponseReturnValue
from jinja2 import DictLoader
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
    select(_of.reference, _of.title, _of.summary, _of.theme, _of.state, _of.estimated_pence, _of.released_at)
    .where(_of.released_at.is_not(None))
    .order_by(_of.released_at.desc(), _of.id.desc())
    .limit(20)
)
_ROW = """
<article class="card">
  <h2><a href="/challenges/{{ row.reference }}">{{ row.title }}</a></h2>
  <p>{{ row.summary }}</p>
  <ul><li>{{ row.theme }}</li><li>{{ row.state }}</li><li>{{ row.estimated_pence }}</li></ul>
  <p>Released on {{ row.released_at }}</p>
</article>
"""


def bare_app(database: Database) -> Flask:
    """The app. Each row brings as much fixed text as the page needs to be as large as was promised."""
    app = Flask("bare")
    with database.reading() as session:
        rows = session.execute(_NEWEST).all()
    with app.app_context():
        short = BYTES - sum(len(render_template_string(_ROW, row=row)) for row in rows)
    row = _ROW.replace("</article>", f"<p>{'x' * max(0, short // len(rows))}</p></article>")
    page_of_rows = "<!doctype html><title>Bare</title>{% for row in rows %}" + row + "{% endfor %}"
    app.jinja_loader = DictLoader({"page.html": page_of_rows})
    _messages.create(database.engine, checkfirst=True)

    @app.get("/")
    def page() -> ResponseReturnValue:
        with database.reading_engine.connect() as connection:
            found = connection.execute(_NEWEST).all()
        return render_template("page.html", rows=found)

    @app.post("/messages")
    def send() -> ResponseReturnValue:
        given = {name: request.form[name] for name in ("name", "subject", "text")}
        with database.engine.begin() as connection:
            connection.execute(insert(_messages), given)
        return redirect("/")

    return app

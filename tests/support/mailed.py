"""What would have been mailed: read from the outbox and worded as the worker does."""

import json
from typing import NamedTuple

from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.mail.sending import rendered
from portal.outbox import OutboxMessage, worded


class Letter(NamedTuple):
    """A mail as it would leave."""

    kind: str
    to: str
    subject: str
    path: str
    text: str


def letters(app: Flask, kind: str | None = None) -> list[Letter]:
    """Every mail queued so far, or those of one kind, the earliest first."""
    with app.app_context(), app.extensions["database"].reading() as session:
        found = []
        for row in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)):
            mail = worded(session, row.kind, json.loads(row.parameters))
            person = session.get(Person, row.to_person_id) if row.to_person_id else None
            if mail is not None and kind in {None, row.kind}:
                to = person.email if person else row.to_address or ""
                found.append(
                    Letter(row.kind, to, mail.subject, mail.path, rendered(mail, person.name if person else ""))
                )
        return found


def link(app: Flask, kind: str) -> str:
    """The path in the latest mail of a kind."""
    return letters(app, kind)[-1].path

"""Rendering a leased message and handing it to the mail server, or to a folder of .eml files without one."""

from collections.abc import Callable
from email import charset
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app, render_template
from flask_mail import Mail as MailServer
from flask_mail import Message

from portal.accounts.models import Person
from portal.db import Database, clock
from portal.outbox import Leased, worded
from portal.outbox.messages import Mail
from portal.web.assets import absolute

# Flask-Mail leaves bodies unencoded, and mail servers cut lines over 998 bytes.
charset.add_charset("utf-8", charset.SHORTEST, charset.QP, "utf-8")


def register(app: Flask) -> None:
    """Set up Flask-Mail from `PORTAL_MAIL_URL` (smtp://, smtps:// or file://)."""
    url = urlsplit(app.config["PORTAL_MAIL_URL"])
    app.config.setdefault("MAIL_DEFAULT_SENDER", ("Innovation partnership portal", _sender(app)))
    app.config.setdefault("MAIL_SERVER", url.hostname or "localhost")
    app.config.setdefault("MAIL_PORT", url.port or (465 if url.scheme == "smtps" else 25))
    app.config.setdefault("MAIL_USE_SSL", url.scheme == "smtps")
    app.config.setdefault("MAIL_USERNAME", unquote(url.username) if url.username else None)
    app.config.setdefault("MAIL_PASSWORD", unquote(url.password) if url.password else None)
    MailServer(app)


def sender(database: Database) -> Callable[[Leased], None]:
    """What `outbox.deliver` calls for each message; runs inside the app's context."""

    def send(leased: Leased) -> None:
        with database.reading() as session:
            mail = worded(session, leased.kind, leased.parameters)
            person = session.get(Person, leased.to_person_id) if leased.to_person_id else None
            if mail is None or (person is not None and person.removed_at is not None):
                return
            address = person.email if person else leased.to_address
            text = rendered(mail, person.name if person else "")
        if address:
            message = Message(mail.subject, recipients=[address], body=text, date=clock.now().timestamp())
            message.extra_headers = headers(mail)
            _hand_over(leased, message)

    return send


def headers(mail: Mail) -> dict[str, str]:
    """What lets a mail program end mails of this kind at one press (RFC 8058)."""
    if not mail.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{absolute(mail.unsubscribe)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def rendered(mail: Mail, name: str) -> str:
    """The text of a mail: greeting, what happened, what to do, and the one link."""
    link = absolute(mail.path)
    leave = absolute(mail.unsubscribe) if mail.unsubscribe else ""
    body = render_template(mail.template, link=link, **mail.context)
    return render_template("mail/frame.txt", name=name, body=body.strip(), link=link, unsubscribe=leave)


def _hand_over(leased: Leased, message: Message) -> None:
    url = urlsplit(current_app.config["PORTAL_MAIL_URL"])
    if url.scheme != "file":
        current_app.extensions["mail"].send(message)
        return
    folder = Path(unquote(url.path))
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{leased.id:08}.part"
    unfinished.write_bytes(message.as_bytes())
    unfinished.rename(folder / f"{leased.id:08}.eml")


def _sender(app: Flask) -> str:
    return f"no-reply@{urlsplit(app.config['PORTAL_BASE_URL']).hostname}"

"""The demonstration's mailbox: what would have been mailed, for whoever tries the portal out."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.web import PUBLIC, access

blueprint = Blueprint("mailbox", __name__)
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it would have arrived."""

    number: str
    to: str
    subject: str
    at: datetime | None
    text: str


@blueprint.get("/mailbox")
@access(PUBLIC)
def letters() -> ResponseReturnValue:
    """The latest mails, or those to one address."""
    to = request.args.get("to", "")
    newest = sorted(_folder().glob("*.eml"), reverse=True)
    found = [letter for letter in map(_read, newest[: _SHOWN * 4]) if to.casefold() in letter.to.casefold()]
    return render_template("mail/mailbox.html", letters=found[:_SHOWN], to=to)


@blueprint.get("/mailbox/<number>")
@access(PUBLIC)
def letter(number: str) -> ResponseReturnValue:
    """One mail."""
    path = _folder() / f"{number}.eml"
    if not number.isdigit() or not path.is_file():
        abort(404)
    return render_template("mail/letter.html", letter=_read(path))


def _folder() -> Path:
    return Path(unquote(urlsplit(current_app.config["PORTAL_MAIL_URL"]).path))


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    at = message["Date"].datetime if message["Date"] else None
    return Letter(path.stem, str(message["To"]), str(message["Subject"]), at, message.get_content())

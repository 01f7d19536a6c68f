"""How the app knows who is asking, and for whom they may read."""

from flask import Flask
from flask_login import LoginManager

from portal.accounts.identity import SignedIn, signed_in_by
from portal.policy import Permission
from portal.responses import seal
from portal.web.transaction import db_session


def recognise(app: Flask) -> None:
    """Load the person behind a cookie's token, and name their firms to the seal."""
    manager: LoginManager = app.login_manager  # type: ignore[attr-defined]

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> SignedIn | None:
        session = db_session()
        person = signed_in_by(session, token)
        if person is not None:
            seal.read_as(session, person.actor.ids(Permission.RESPONSE_WRITE))
        return person

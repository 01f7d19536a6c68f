"""Who is asking."""

from flask import session
from flask_login import current_user

from portal.policy import NOBODY, Actor

_SIGN_IN = "_user_id"
"""Where Flask-Login keeps the token of a sign-in in the session."""


def current_actor() -> Actor:
    """The signed-in person with their grants, or `NOBODY`; of a visitor without a sign-in nothing is looked up."""
    if _SIGN_IN not in session:
        return NOBODY
    user = current_user._get_current_object()
    return user.actor if user.is_authenticated else NOBODY

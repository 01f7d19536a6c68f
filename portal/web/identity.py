"""Who is asking."""

from flask_login import current_user

from portal.policy import NOBODY, Actor


def current_actor() -> Actor:
    """The signed-in person with their grants, or `NOBODY`."""
    return current_user.actor if current_user.is_authenticated else NOBODY

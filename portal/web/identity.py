"""Who is asking."""

from flask_login import current_user

from portal.policy import NOBODY, Actor


def current_actor() -> Actor:
    """The signed-in person with their grants, or `NOBODY`."""
    user = current_user._get_current_object()
    return user.actor if user.is_authenticated else NOBODY

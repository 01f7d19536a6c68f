"""Which options of the network are on anywhere, for pages of floors below it that link to what belongs to one.

Such a page's view asks, where it shows the link; the wiring says who knows.
"""

from collections.abc import Callable
from typing import cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from portal.web.transaction import db_session

_WHO_KNOWS = "options_tried"
Knows = Callable[[Session, str], bool]


def ask(app: Flask, knows: Knows) -> None:
    """Let `is_tried` be answered by `knows(session, option)`, which takes an option's slug."""
    app.extensions[_WHO_KNOWS] = knows


def is_tried(option: str) -> bool:
    """Whether any authority has an option on, by its slug; a query at each call."""
    return cast(Knows, current_app.extensions[_WHO_KNOWS])(db_session(), option)

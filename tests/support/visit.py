"""Coming in as somebody and reading pages as words."""

import html
import re
from collections.abc import Callable

from flask.testing import FlaskClient

from tests.support.page import Page

Visit = Callable[[int], FlaskClient]
"""Somebody by their key, and the client they are signed in with."""


def said(client: FlaskClient, path: str) -> str:
    """What a page says, in one line; it opens, and has no fault."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert Page(answer.text).faults() == []
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())

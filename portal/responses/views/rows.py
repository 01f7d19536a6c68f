"""The rows of a round's opened responses, each kept once it was written.

Every officer and assessor of a challenge opens the same list, and what it says of a firm hardly changes once the round
is open. A row is kept by all that it shows, so that a decision on eligibility or an amended brief makes another. Who
may read the list is asked before: what is kept is found by what was just read under the seal, and by nothing else.
"""

from collections.abc import Iterable
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from portal.responses.received import Received

TEMPLATE = "responses/row.html"
_KEPT = 2_000
"""Rows kept, half a kilobyte each: the lists of some thirty rounds."""


def rows(responses: Iterable[Received], brief_number: int) -> list[Markup]:
    """The row of each response, beside the version of the brief that stands now."""
    return [_row(each, each.brief_number >= brief_number) for each in responses]


@lru_cache(maxsize=_KEPT)
def _row(response: Received, is_latest: bool) -> Markup:
    """From the template alone, without what a page is given besides: it is the same for whoever may read it."""
    macro = current_app.jinja_env.get_template(TEMPLATE).module.row  # type: ignore[attr-defined]
    written: Markup = macro(response, is_latest)
    return written

"""The cards of the public list, each kept once it was written.

A card shows what its row says, and of a deadline how many days are left. So it is kept by the whole row and the day:
whatever changes on a challenge (its state, its deadline, a word of its brief) makes another row, and another card.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from portal.challenges.listing import Listed
from portal.challenges.pathway import TITLES, ChallengeState
from portal.db import clock
from portal.law.calendar import london_date

TEMPLATE = "challenges/card.html"
_KEPT = 2_000
"""Cards kept, a kilobyte each: the first pages of the list and of what is searched for most."""


def cards(rows: Iterable[Listed]) -> list[Markup]:
    """The card of each row, as it reads today."""
    today = london_date(clock.now())
    return [_card(row, today) for row in rows]


@lru_cache(maxsize=_KEPT)
def _card(row: Listed, today: date) -> Markup:
    """From the template alone, without what a page is given besides (who asks, say): it is the same for everybody."""
    macro = current_app.jinja_env.get_template(TEMPLATE).module.card  # type: ignore[attr-defined]
    written: Markup = macro(row, *TITLES[ChallengeState(row.state)], today)
    return written

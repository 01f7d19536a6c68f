"""Which financial year a page of spending is about."""

from flask import request

from portal.network.spend import queries
from portal.organisations.models import Organisation
from portal.web import db_session


def years_and_asked(authority: Organisation) -> tuple[list[int], int | None]:
    """The years there are, the latest first, and the one asked for: the latest where none is, or one not there."""
    years = queries.years_of(db_session(), authority)
    asked = request.args.get("year", type=int)
    return years, asked if asked in years else (years[0] if years else None)

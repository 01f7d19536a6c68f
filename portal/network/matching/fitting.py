"""Everything that fits somebody: by their firms' profiles, and by their saved searches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.network.matching.models import SavedSearch
from portal.network.matching.queries import FittingChallenge, challenges_for, challenges_with, searches_of
from portal.network.register.queries import own_firms
from portal.network.register.saying import weights_of
from portal.organisations.models import Organisation
from portal.policy import Actor

MOST_FIRMS = 5
"""Firms of one person that are looked at; hardly anybody answers for more than one."""


@dataclass(frozen=True)
class Fitting:
    """Open challenges by firm and by search."""

    by_firm: tuple[tuple[Organisation, list[FittingChallenge]], ...]
    by_search: tuple[tuple[SavedSearch, list[FittingChallenge]], ...]

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return any(challenges for _, challenges in (*self.by_firm, *self.by_search))


def for_person(session: Session, actor: Actor, *, since: datetime | None = None) -> Fitting:
    """What fits this person's firms and searches, of all that is open or of what was released since a moment."""
    firms = own_firms(session, actor)[:MOST_FIRMS]
    return Fitting(
        tuple((firm, challenges_for(session, "\n".join(weights_of(session, firm)), since=since)) for firm in firms),
        tuple(
            (search, challenges_with(session, search.words, since=since))
            for search in searches_of(session, actor.person_id)
        ),
    )

"""A challenge as its pages' frame shows it: what it is called and where it stands, not a row that can be edited."""

from datetime import datetime
from typing import NamedTuple

from portal.challenges.models import Part
from portal.challenges.models.challenge import scopes_of
from portal.challenges.pathway import Pathway
from portal.law.releases import ReleaseKind
from portal.policy import Scope


class Glimpse(NamedTuple):
    """Some columns of a challenge, under the names they have there; `parties` are each body's part and its id."""

    id: int
    reference: str
    title: str
    pathway: Pathway
    state: str
    release_kind: ReleaseKind | None
    released_at: datetime | None
    brief_number: int
    lead_id: int
    parties: frozenset[tuple[Part, int]]

    def scopes(self) -> frozenset[Scope]:
        """Where rights over this challenge are held."""
        return scopes_of(self.id, self.lead_id, self.parties)
